// Describes what other extensions get from this one; docs/commands.md holds the same text, for them to copy.
import type * as vscode from 'vscode';

/** What `activate` of this extension returns. Within one `apiVersion` things are only added. */
export interface GenerateImageApi {
  readonly apiVersion: 1;
  /** Makes one image and keeps it in the history; `uri` is its file there. Rejects with a sentence for a person. */
  generateImage(options: ImageOptions): Promise<KeptImage>;
  /** Makes images and writes each as a new file into the workspace. Rejects with a sentence for a person if none was made. */
  generateImageFile(options: ImageFileOptions, token?: vscode.CancellationToken): Promise<GeneratedFiles>;
}

/** What is left out comes from the settings. */
export interface ImageOptions {
  readonly prompt: string;
  /** Such as `1328x1328`. */
  readonly size?: string;
  readonly promptExtend?: boolean;
  readonly watermark?: boolean;
}

export interface ImageFileOptions {
  readonly prompt: string;
  /** Below the workspace folder; the ending decides the format: .png, .jpg or .webp. */
  readonly path?: string;
  /** The file that will show the image, below the workspace folder: links are relative to it. */
  readonly document?: string;
  /** Exact pixels of the file, 16 to 4096. */
  readonly width?: number;
  readonly height?: number;
  /** 1 to 4, each a paid request; 1 if left out. */
  readonly count?: number;
  readonly alt?: string;
}

export interface KeptImage {
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly type: 'png' | 'jpeg' | 'webp' | 'gif' | 'avif';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly recipe: Recipe;
}

/** What was made, and what was not: which of them, why, and whether it was charged. */
export interface GeneratedFiles {
  readonly files: readonly GeneratedFile[];
  readonly failed: readonly { readonly number: number; readonly sentence: string; readonly charged: 'no' | 'yes' | 'maybe' }[];
}

/** One file in the workspace, with ready links; `id` is that of the kept image. */
export interface GeneratedFile extends KeptImage {
  readonly bytes: number;
  readonly markdown: string;
  readonly html: string;
}

/** What makes the image again. */
export interface Recipe {
  readonly model: string;
  readonly prompt: string;
  readonly size: string;
  readonly watermark: boolean;
  readonly promptExtend: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Origin of the service. */
  readonly endpoint: string;
  /** ISO 8601, in UTC. */
  readonly time: string;
  readonly durationMs: number;
  readonly revisedPrompt?: string | undefined;
}
