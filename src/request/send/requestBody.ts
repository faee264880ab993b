// Turns what is asked for into the fields of the POST's body.
import type { ImageRequest } from '../../prompt/imageRequest.ts';
import type { JsonValue } from '../../prompt/json.ts';
import { parseSize, ratioOf } from '../../prompt/size.ts';

/**
 * The contract's six fields, in its order, then the extra ones of `request.fields`: there a value replaces a standard
 * field and `null` removes it. `n` may be removed but never changed: more than one image is more than one charge.
 * For services that name the size otherwise, the values `${size}`, `${width}`, `${height}` and `${ratio}` stand for it.
 */
export function buildRequestBody(request: ImageRequest): Record<string, JsonValue> {
  const fields = new Map<string, JsonValue>([
    ['model', request.model],
    ['prompt', request.prompt],
    ['size', request.size],
    ['n', 1],
    ['watermark', request.watermark],
    ['prompt_extend', request.promptExtend],
  ]);
  for (const [name, value] of Object.entries(request.fields)) {
    if (value === null) fields.delete(name);
    else if (name !== 'n') fields.set(name, partOfSize(value, request.size) ?? value);
  }
  return Object.fromEntries(fields);
}

function partOfSize(value: JsonValue, text: string): JsonValue | undefined {
  if (value === '${size}') return text;
  const size = parseSize(text);
  if (!size) return undefined;
  if (value === '${width}') return size.widthPx;
  if (value === '${height}') return size.heightPx;
  return value === '${ratio}' ? ratioOf(size) : undefined;
}
