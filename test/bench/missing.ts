// Counts the image links of folders and what of them is called missing: `node test/bench/missing.ts [--list] <folder>…`.
import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import { askedImages, type DocumentLinks } from '../../src/missing/askedImages.ts';
import { DOCUMENT_ENDINGS, imageLinkLanguageOf } from '../../src/missing/documentLanguage.ts';
import { FileLookup, type FolderListing } from '../../src/missing/fileLookup.ts';
import { findImageLinks } from '../../src/missing/imageLinks.ts';
import { siteOf } from '../../src/missing/sites.ts';

const SKIPPED = new Set(['.git', 'node_modules', 'bower_components', 'vendor', '.venv', 'venv', 'dist', '_site']);

async function list(path: string): Promise<FolderListing | undefined> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  return entries && new Map(entries.map((entry) => [entry.name, entry.isDirectory() ? 'folder' : 'file'] as const));
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !SKIPPED.has(name));
  const below = await Promise.all(entries.map((entry) => (entry.isDirectory() ? filesBelow(`${folder}/${entry.name}`) : Promise.resolve([`${folder}/${entry.name}`]))));
  return below.flat();
}

async function count(folder: string, lists: boolean): Promise<void> {
  const rootPath = await realpath(resolve(folder));
  const files = await filesBelow(rootPath);
  const sites = files.flatMap((path) => siteOf(path) ?? []);
  const names = new Set(files.map((path) => basename(path)));
  const isAnywhere = (name: string): Promise<boolean> => Promise.resolve(names.has(name));
  const lookup = new FileLookup(list, rootPath);
  const documents: (DocumentLinks & { path: string })[] = [];
  let slowestMs = 0;
  for (const path of files.filter((file) => DOCUMENT_ENDINGS.includes(file.slice(file.lastIndexOf('.') + 1).toLowerCase()))) {
    const text = await readFile(path, 'utf8');
    const language = imageLinkLanguageOf('', path);
    if (!language) continue;
    const start = performance.now();
    const links = findImageLinks(text, language);
    slowestMs = Math.max(slowestMs, performance.now() - start);
    documents.push({ path, text, links, ground: { documentPath: path, rootPath, linkBase: '', sites, lookup, isAnywhere } });
  }
  const images = await askedImages(documents);
  const links = documents.reduce((sum, document) => sum + document.links.length, 0);
  const [missing, placeholders] = [images.filter(({ isPlaceholder }) => !isPlaceholder), images.filter(({ isPlaceholder }) => isPlaceholder)];
  console.log([basename(rootPath), documents.length, links, missing.length, placeholders.length, `${Math.round(slowestMs)} ms`].join('\t'));
  if (!lists) return;
  for (const { uses, prompt, path, isPlaceholder, change } of images) {
    const [use] = uses;
    const document = documents[use?.document ?? -1];
    console.log(`  ${isPlaceholder ? 'placeholder' : 'missing'} ${relative(rootPath, document?.path ?? '')}: ${use?.links[0]?.url} -> ${path === undefined ? 'as inserted' : relative(rootPath, path)} (${change}) “${prompt.slice(0, 60)}”`);
  }
}

const folders = process.argv.slice(2).filter((argument) => argument !== '--list');
console.log(['folder', 'documents', 'links', 'missing', 'stand-ins', 'slowest document'].join('\t'));
for (const folder of folders) await count(folder, process.argv.includes('--list'));
