// Names the one command behind the offers on an image link, and what it is told.
import * as v from 'valibot';

/** Not in the palette: it means nothing without a link. */
export const LINK_COMMAND = 'generateImage.changeLinkedImage';

export const linkCallSchema = v.object({
  action: v.picklist(['makeAgain', 'changePrompt', 'replace', 'show', 'compare']),
  /** Uri of the document. */
  document: v.string(),
  /** The link's destination, and about where the link begins: what was typed since has moved it. */
  url: v.string(),
  start: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** Plain values: a command link in a hover carries it as JSON. */
export type LinkCall = v.InferOutput<typeof linkCallSchema>;
export type LinkAction = LinkCall['action'];
