// Names the one command behind the offers on an image link, and what it is told.

/** Not in the palette: it means nothing without a link. */
export const LINK_COMMAND = 'generateImage.changeLinkedImage';

export const LINK_ACTIONS = ['makeAgain', 'changePrompt', 'replace', 'show', 'compare'] as const;
export type LinkAction = (typeof LINK_ACTIONS)[number];

/** Plain values: a command link in a hover carries it as JSON. */
export interface LinkCall {
  action: LinkAction;
  /** Uri of the document. */
  document: string;
  /** The link's destination, and about where the link begins: what was typed since has moved it. */
  url: string;
  start: number;
}
