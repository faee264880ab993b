// Turns what is asked for into the JSON body of the POST.
import type { ImageRequest } from '../../prompt/imageRequest.ts';
import type { JsonValue } from '../../prompt/json.ts';

/**
 * The contract's six fields, in its order, then the extra ones of `request.fields`: there a value replaces a standard
 * field and `null` removes it. `n` may be removed but never changed: more than one image is more than one charge.
 */
export function buildRequestBody(request: ImageRequest): string {
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
    else if (name !== 'n') fields.set(name, value);
  }
  return JSON.stringify(Object.fromEntries(fields));
}
