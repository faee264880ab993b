// Asks where images go in a document, as it is at that moment, and turns the answer into edits of VS Code.
import * as vscode from 'vscode';
import { type ImagePlace, placeInAny, type PlaceQuestion, textOf } from '../../insert/blocks/place.ts';
import { documentLanguage } from '../../insert/documentLanguage.ts';
import { type LinkText, wantsBlock } from '../../insert/templates.ts';
import type { LinkFinder } from '../platform.ts';
import { readSetting } from '../window/settings.ts';

/** Where a person wants the image: asked for as late as can be, for they go on typing. */
export type Wanted = Pick<PlaceQuestion, 'start' | 'end' | 'mode'>;

/** A person who waits longer is served by the lines alone. */
const LONGEST_MS = 4000;
const MOST_TRIES = 4;

/** The language that links of this document are written in; its own id, if the person has a template for that. */
export function linkLanguage(document: vscode.TextDocument): string {
  if (Object.hasOwn(readSetting('linkTemplates', document), document.languageId)) return document.languageId;
  return documentLanguage(document.languageId, document.uri.path);
}

/** The places hold for the document as it is when they are there: nothing may be waited for before they are used. */
export async function findPlaces(document: vscode.TextDocument, wanted: () => readonly Wanted[], links: LinkFinder): Promise<ImagePlace[]> {
  const languageId = linkLanguage(document);
  const block = wantsBlock(languageId, readSetting('linkTemplates', document));
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { version } = document;
    const text = document.getText();
    const questions = wanted().map((each): PlaceQuestion => ({ ...each, languageId, text, block }));
    const places = await Promise.all(questions.map((question) => chooseInTime(question, links)));
    if (document.version === version) return places;
  }
  const text = document.getText();
  return wanted().map((each) => placeInAny({ ...each, languageId, text, block }));
}

async function chooseInTime(question: PlaceQuestion, links: LinkFinder): Promise<ImagePlace> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const inAny = (): ImagePlace => placeInAny(question);
  const late = new Promise<ImagePlace>((resolve) => {
    timer = setTimeout(() => resolve(inAny()), LONGEST_MS);
  });
  try {
    return await Promise.race([links.choosePlace(question).catch(inAny), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** One edit; the alternative text is selected afterwards if it is a snippet. */
export function editFor(document: vscode.TextDocument, place: ImagePlace, links: readonly LinkText[], asSnippet: boolean): vscode.TextEdit | vscode.SnippetTextEdit {
  const range = rangeOf(document, place);
  const [link] = links;
  if (!asSnippet || !link || links.length > 1) return vscode.TextEdit.replace(range, textOf(place, links.map(({ plain }) => plain), eolOf(document)));
  const edit = vscode.SnippetTextEdit.replace(range, snippetOf(link, place, eolOf(document)));
  // What the lines begin with is in the text already.
  edit.keepWhitespace = true;
  return edit;
}

/** Where the links stand after the edit, from the first one's start to the last one's end. */
export function rangeAfter(document: vscode.TextDocument, place: ImagePlace, links: readonly LinkText[]): vscode.Range {
  const eol = eolOf(document);
  const plain = links.map((link) => link.plain);
  const start = move(document.positionAt(place.start), textOf({ ...place, after: '' }, [], eol));
  return new vscode.Range(start, move(start, textOf({ ...place, before: '', after: '' }, plain, eol)));
}

export function rangeOf(document: vscode.TextDocument, { start, end }: ImagePlace): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

export function eolOf(document: vscode.TextDocument): string {
  return document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}

/** Prompts may hold `$` and `}`: nothing of a link is ever read as snippet syntax. */
export function snippetOf(link: LinkText, place: ImagePlace, eol: string): vscode.SnippetString {
  const inPlace = (text: string): string => text.replace(/\r\n|\r|\n/g, () => eol + place.prefix);
  const broken = (text: string): string => text.replace(/\n/g, () => eol);
  const snippet = new vscode.SnippetString().appendText(broken(place.before));
  for (const part of link.parts) {
    if ('text' in part) snippet.appendText(inPlace(part.text));
    else snippet.appendPlaceholder((inner) => inner.appendText(part.tabStop));
  }
  return snippet.appendText(broken(place.after));
}

function move(from: vscode.Position, added: string): vscode.Position {
  const lines = added.split(/\r?\n/);
  const last = lines.at(-1) ?? '';
  return lines.length === 1 ? from.translate(0, last.length) : new vscode.Position(from.line + lines.length - 1, last.length);
}
