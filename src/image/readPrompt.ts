// Reads from an image file the prompt that it was made with.
import type { RequestFields } from '../prompt/json.ts';
import { PARAMETERS_KEYWORD, RECIPE_KEYWORD } from './embedRecipe.ts';
import { promptOfComfyUi, promptOfParameters } from './foreignPrompts.ts';
import { isPng, walkChunks } from './pngChunks.ts';
import { keywordOf, readText, XMP_KEYWORD } from './pngText.ts';
import { fieldsOf, parseFileRecipe } from './recipeText.ts';
import { readMetadata } from './metadata.ts';
import { readDescription, readXmpRecipe } from './xmp.ts';

export type PromptFromImage =
  /** Our own recipe; `fields` holds `seed` and `negative_prompt` if they were sent. */
  | {
      source: 'recipe';
      prompt: string;
      model: string;
      size: string;
      watermark: boolean;
      promptExtend: boolean;
      fields: RequestFields;
      revisedPrompt?: string;
    }
  /** What another tool wrote: only the prompt means the same here. */
  | { source: 'parameters' | 'comfyUi' | 'xmp'; prompt: string };

/** Longer texts are no prompts. In UTF-16 code units. */
export const MAX_PROMPT_LENGTH = 20_000;

/**
 * Our recipe, else a `parameters` text, else ComfyUI's graph, else the XMP description, of a PNG or (XMP only) a JPEG
 * or WebP.
 * Undefined if there is none. Never throws; unpacks at most 1 MiB of any text.
 */
export function readPrompt(bytes: Uint8Array): PromptFromImage | undefined {
  const texts = pngTexts(bytes);
  const xmp = isPng(bytes) ? texts.get(XMP_KEYWORD) : readMetadata(bytes).xmp;
  const sources = [
    () => ownRecipe(texts.get(RECIPE_KEYWORD) ?? (xmp === undefined ? undefined : readXmpRecipe(xmp))),
    () => foreign('parameters', texts.get(PARAMETERS_KEYWORD), promptOfParameters),
    () => foreign('comfyUi', texts.get('prompt'), promptOfComfyUi),
    () => foreign('xmp', xmp, (text) => readDescription(text)?.trim()),
  ];
  for (const read of sources) {
    const found = read();
    if (found && found.prompt !== '' && found.prompt.length <= MAX_PROMPT_LENGTH) return found;
  }
  return undefined;
}

function ownRecipe(text: string | undefined): PromptFromImage | undefined {
  const recipe = text === undefined ? undefined : parseFileRecipe(text);
  if (!recipe) return undefined;
  const { prompt, model, size, watermark, prompt_extend: promptExtend, revised_prompt: revisedPrompt } = recipe;
  const revised = revisedPrompt === undefined ? {} : { revisedPrompt };
  return { source: 'recipe', prompt, model, size, watermark, promptExtend, fields: fieldsOf(recipe), ...revised };
}

function foreign(source: 'parameters' | 'comfyUi' | 'xmp', text: string | undefined, read: (text: string) => string | undefined): PromptFromImage | undefined {
  const prompt = text === undefined ? undefined : read(text);
  return prompt === undefined ? undefined : { source, prompt };
}

/** The texts of a PNG under the keywords that mean a prompt; the first of each. */
function pngTexts(bytes: Uint8Array): Map<string, string> {
  const wanted = new Set([RECIPE_KEYWORD, PARAMETERS_KEYWORD, 'prompt', XMP_KEYWORD]);
  const texts = new Map<string, string>();
  for (const chunk of walkChunks(bytes)) {
    const keyword = keywordOf(chunk);
    if (keyword === undefined || !wanted.delete(keyword)) continue;
    const found = readText(chunk);
    if (found) texts.set(keyword, found.text);
  }
  return texts;
}
