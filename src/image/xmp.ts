// Turns a recipe into an XMP packet that says how the image was made, and an XMP packet into its description.
import type { FileRecipe } from './recipeText.ts';

/** Marks packets of ours, as `x:xmptk`. */
const TOOLKIT = 'Generate Image';
/** IPTC NewsCodes: created by a trained model. */
const DIGITAL_SOURCE_TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

/** Ours: one property that holds the whole recipe as JSON. */
const RECIPE_NAMESPACE = 'urn:generate-image:recipe:1/';

/**
 * A whole packet. The properties of generated media are those of the IPTC Photo Metadata Standard 2025.1; the recipe
 * stands beside them as JSON, for formats that have no other place for it.
 */
export function writeXmp(recipe: FileRecipe): string {
  const prompt = escapeXml(recipe.prompt);
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="${TOOLKIT}">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${prompt}</rdf:li></rdf:Alt></dc:description>
<xmp:CreateDate>${escapeXml(recipe.date)}</xmp:CreateDate>
<Iptc4xmpExt:DigitalSourceType>${DIGITAL_SOURCE_TYPE}</Iptc4xmpExt:DigitalSourceType>
<Iptc4xmpExt:AISystemUsed>${escapeXml(recipe.model)}</Iptc4xmpExt:AISystemUsed>
<Iptc4xmpExt:AIPromptInformation>${prompt}</Iptc4xmpExt:AIPromptInformation>
</rdf:Description>
${recipeDescription(recipe)}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
}

/** A foreign packet with our recipe in it, in place of one that was there; our own packet if there is none; undefined for one that cannot take it. */
export function joinXmp(foreign: string | undefined, recipe: FileRecipe): string | undefined {
  if (foreign === undefined || isOurXmp(foreign)) return writeXmp(recipe);
  const without = foreign.replace(/<rdf:Description rdf:about="" xmlns:generateImage="[^"]*">[^<]*<generateImage:Recipe>[^<]*<\/generateImage:Recipe>\s*<\/rdf:Description>\n?/g, '');
  const end = without.lastIndexOf('</rdf:RDF>');
  return end < 0 ? undefined : without.slice(0, end) + recipeDescription(recipe) + without.slice(end);
}

/** The JSON of our recipe in a packet, ours or another's. */
export function readXmpRecipe(xmp: string): string | undefined {
  return decodeXml(between(xmp, '<generateImage:Recipe>', '</generateImage:Recipe>'));
}

function recipeDescription(recipe: FileRecipe): string {
  return `<rdf:Description rdf:about="" xmlns:generateImage="${RECIPE_NAMESPACE}">
<generateImage:Recipe>${escapeXml(JSON.stringify(recipe))}</generateImage:Recipe>
</rdf:Description>
`;
}

/** True for a packet that `writeXmp` made. */
export function isOurXmp(xmp: string): boolean {
  return xmp.includes(`x:xmptk="${TOOLKIT}"`);
}

/** True for a packet that points to C2PA credentials kept elsewhere; these too are void once the file changes. */
export function pointsToCredentials(xmp: string): boolean {
  return xmp.includes('dcterms:provenance');
}

/** The text of `dc:description`: the default language's, or the first; undefined if there is none. */
export function readDescription(xmp: string): string | undefined {
  const content = between(xmp, '<dc:description', '</dc:description>');
  if (content === undefined) return decodeXml(/\sdc:description="([^"]*)"|\sdc:description='([^']*)'/.exec(xmp)?.slice(1).find(Boolean));
  const items = content.split('<rdf:li').slice(1);
  const item = items.find((candidate) => /^[^>]*xml:lang=["']x-default/.test(candidate)) ?? items[0];
  if (item === undefined) return decodeXml(content.slice(content.indexOf('>') + 1));
  return decodeXml(between(item, '>', '</rdf:li>'));
}

function between(text: string, open: string, close: string): string | undefined {
  const start = text.indexOf(open);
  const end = start < 0 ? -1 : text.indexOf(close, start);
  return end < 0 ? undefined : text.slice(start + open.length, end);
}

/** XML 1.0 has no way to write most control characters and U+FFFE, U+FFFF: these become U+FFFD. Lone surrogates do so when encoded. */
function escapeXml(text: string): string {
  return text
    .replace(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeXml(text: string | undefined): string | undefined {
  return text?.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const codePoint = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
  });
}
