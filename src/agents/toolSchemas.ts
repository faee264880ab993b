// Describes the tools that agents may call: their names, what a model reads of them, and the schema of their arguments.

/** The part of JSON Schema that every model reads: flat objects of texts and whole numbers. */
export interface ToolSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, ArgumentSchema>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

/** One argument. Lengths are in characters, numbers are inclusive. */
export interface ArgumentSchema {
  readonly type: 'string' | 'integer';
  readonly description: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface ToolDescription {
  readonly name: ToolName;
  /** What a model reads to decide whether and how to call. */
  readonly description: string;
  readonly inputSchema: ToolSchema;
}

export const TOOL_NAMES = ['generateImageFile', 'findImageFile'] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

/** Most images of one call. */
export const MOST_IMAGES_A_CALL = 4;

/** Width and height of a file that may be asked for, in pixels. */
export const SMALLEST_SIDE_PX = 16;
export const LARGEST_SIDE_PX = 4096;

/** package.json holds the same texts and schemas for VS Code; a test compares them. */
export const TOOLS: readonly ToolDescription[] = [
  {
    name: 'generateImageFile',
    description:
      'Makes an image from a description and writes it as a new file into the workspace. Each image is a paid request and takes about half a minute. ' +
      'Use it for photos, illustrations and backgrounds instead of placeholder links or grey boxes. Not for diagrams, charts, logos with exact text, icons in code or screenshots: write those as code. ' +
      'Call findImageFile first: an image that exists already is free. ' +
      'The answer gives the path, the size in pixels, ready Markdown and HTML links, and a small copy of each image to look at. An existing file is never overwritten: a number is added to the name.',
    inputSchema: {
      type: 'object',
      properties: {
        prompt: { type: 'string', description: 'What is to be seen, in plain words: subject, setting, style, light, colours. At most 800 characters. Text inside the image: at most a few words, in quotes.' },
        path: { type: 'string', description: 'Where the file goes, relative to the workspace folder, for example docs/images/fox.webp. The ending decides the format: .png, .jpg or .webp. Leave it out to let the settings of the workspace decide.' },
        document: { type: 'string', description: 'The file that will show the image, relative to the workspace folder. The links in the answer are relative to it.' },
        width: { type: 'integer', minimum: SMALLEST_SIDE_PX, maximum: LARGEST_SIDE_PX, description: 'Exact width of the file in pixels. The image is made in the nearest shape, then scaled and cropped around its middle.' },
        height: { type: 'integer', minimum: SMALLEST_SIDE_PX, maximum: LARGEST_SIDE_PX, description: 'Exact height of the file in pixels. With width alone, the height follows the image.' },
        count: { type: 'integer', minimum: 1, maximum: MOST_IMAGES_A_CALL, description: 'How many variants of the image to make, 1 if left out. Each is a paid request. Names get -1, -2 and so on.' },
        alt: { type: 'string', description: 'Alternative text for the links. Made from the prompt if left out.' },
      },
      required: ['prompt'],
      additionalProperties: false,
    },
  },
  {
    name: 'findImageFile',
    description:
      'Looks for images that were made before: in the workspace, and among those that this machine keeps. Free, and quick. Call it before generateImageFile. ' +
      'The answer lists the best matches with their prompts, sizes and paths. An image that is kept but not in the workspace can be written to a file with saveAs.',
    inputSchema: {
      type: 'object',
      properties: {
        query: { type: 'string', description: 'Words of the description, or the id of a kept image from an earlier answer.' },
        saveAs: { type: 'string', description: 'Writes the best match to this new file, relative to the workspace folder; .png, .jpg or .webp. Free.' },
      },
      required: ['query'],
      additionalProperties: false,
    },
  },
];
