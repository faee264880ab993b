// Describes what is asked for: the one shape that every way of asking ends in.
import type { RequestFields } from './json.ts';

export interface ImageRequest {
  /** Model name, `qwen-image-max` by default. */
  model: string;
  /** Trimmed, not empty. */
  prompt: string;
  /** `WIDTHxHEIGHT` in pixels. */
  size: string;
  watermark: boolean;
  /** The service may rewrite the prompt ("Improve prompt"). */
  promptExtend: boolean;
  /** The setting `requestFields`: sent beside the standard fields; `null` removes a standard one. */
  fields: RequestFields;
}
