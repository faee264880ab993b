// Draws what is known of a linked image and what can be done with it: the hover and the light bulb's entries.
import * as vscode from 'vscode';
import type { Pixels } from '../platform.ts';
import { markdownText, plainText } from '../window/plainText.ts';
import { LINK_COMMAND, type LinkAction, type LinkCall } from './linkCommand.ts';
import type { ImageFacts, LinkedImage } from './linkedImages.ts';

const t = vscode.l10n.t;

const THUMBNAIL = { maxSidePx: 240, quality: 70 };

/** What a link offers, in the order shown. */
export function offersOf({ isMissing, uri }: Pick<LinkedImage, 'isMissing' | 'uri'>, facts: Pick<ImageFacts, 'prompt'> | undefined, hasBefore: boolean): { action: LinkAction; title: string }[] {
  const isKnown = facts?.prompt !== undefined;
  const isThere = uri !== undefined && !isMissing;
  return [
    ...(isKnown ? [{ action: 'makeAgain', title: t('Make again') } as const] : []),
    { action: 'changePrompt', title: isKnown ? t('Change the prompt…') : isThere ? t('Make another image…') : t('Make an image for it…') },
    { action: 'replace', title: t('Replace with…') },
    ...(isKnown ? [{ action: 'show', title: t('Show in the panel') } as const] : []),
    ...(hasBefore ? [{ action: 'compare', title: t('Before / after') } as const] : []),
  ];
}

export function actionsFor(image: LinkedImage, facts: ImageFacts | undefined, hasBefore: boolean): vscode.CodeAction[] {
  return offersOf(image, facts, hasBefore).map(({ action, title }) => {
    const made = new vscode.CodeAction(t('Image: {0}', title), vscode.CodeActionKind.RefactorRewrite);
    made.command = { command: LINK_COMMAND, title, arguments: [callOf(action, image)] };
    return made;
  });
}

export async function hoverFor(image: LinkedImage, facts: ImageFacts | undefined, hasBefore: boolean, pixels: Pixels): Promise<vscode.Hover> {
  const { document, link, isMissing, uri } = image;
  const text = new vscode.MarkdownString();
  // Of all commands, a link in this text may run only this one; what others wrote is appended as plain text.
  text.isTrusted = { enabledCommands: [LINK_COMMAND] };
  const small = facts && (await pixels.thumbnail(facts.bytes, THUMBNAIL).catch(() => undefined));
  if (small) text.appendMarkdown(`![](data:image/jpeg;base64,${toBase64(small.jpeg)})\n\n`);
  if (facts?.prompt !== undefined) text.appendMarkdown(`${markdownText(t('Prompt: {0}', plainText(facts.prompt, 800)))}\n\n`);
  text.appendMarkdown(`${markdownText(describe(facts, isMissing, uri))}\n\n`);
  const offers = offersOf(image, facts, hasBefore).map(({ action, title }) => `[${title}](command:${LINK_COMMAND}?${encodeURIComponent(JSON.stringify([callOf(action, image)]))})`);
  text.appendMarkdown(offers.join(' · '));
  return new vscode.Hover(text, new vscode.Range(document.positionAt(link.rawStart), document.positionAt(link.rawEnd)));
}

function describe(facts: ImageFacts | undefined, isMissing: boolean, uri: vscode.Uri | undefined): string {
  if (!facts) return isMissing ? t('The file is missing.') : uri ? t('The file cannot be read.') : t('The image lies outside of this folder; it is not fetched.');
  const { info, bytes } = facts;
  const kB = `${Math.max(1, Math.round(bytes.length / 1000)).toLocaleString(vscode.env.language)} kB`;
  return info ? `${info.type.toUpperCase()} · ${info.widthPx} × ${info.heightPx} · ${kB}` : kB;
}

function callOf(action: LinkAction, { document, link }: LinkedImage): LinkCall {
  return { action, document: document.uri.toString(), url: link.url, start: link.rawStart };
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000) text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(text);
}
