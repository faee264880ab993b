// Tells what lies around a document: the files beside it, and the sites of its workspace.
import * as vscode from 'vscode';
import { FileLookup, type FolderListing } from '../../missing/fileLookup.ts';
import type { Ground } from '../../missing/linkedFile.ts';
import { SITE_CONFIGURATIONS, siteOf } from '../../missing/sites.ts';
import { readSetting } from '../window/settings.ts';

/** Folders of other people's files. */
export const FOREIGN_FOLDERS = '**/{node_modules,bower_components,vendor,.git,.venv,venv,dist,_site,.next,.nuxt,.svelte-kit,.docusaurus}/**';
const MOST_CONFIGURATIONS = 200;

/** What documents below one root share. It holds for a moment: each folder is listed once. */
export type Surroundings = Pick<Ground, 'rootPath' | 'sites' | 'lookup' | 'isAnywhere'>;

/** @param isFolderOpen a lone document's folder is not searched: it may be anybody's whole home */
export async function surroundingsOf(rootUri: vscode.Uri, isFolderOpen: boolean, knownSites?: Surroundings['sites']): Promise<Surroundings> {
  const names = new Map<string, Promise<boolean>>();
  const isAnywhere = (name: string): Promise<boolean> => {
    const known = names.get(name) ?? isBelow(rootUri, name);
    names.set(name, known);
    return known;
  };
  return {
    rootPath: rootUri.path,
    sites: knownSites ?? (isFolderOpen ? await sitesBelow(rootUri) : []),
    lookup: new FileLookup((path) => listFolder(rootUri.with({ path })), rootUri.path),
    ...(isFolderOpen ? { isAnywhere } : {}),
  };
}

export function groundOf(documentPath: string, scope: vscode.ConfigurationScope, surroundings: Surroundings): Ground {
  return { ...surroundings, documentPath, linkBase: readSetting('linkBase', scope) };
}

async function sitesBelow(rootUri: vscode.Uri): Promise<Ground['sites']> {
  const configurations = await vscode.workspace.findFiles(new vscode.RelativePattern(rootUri, SITE_CONFIGURATIONS), FOREIGN_FOLDERS, MOST_CONFIGURATIONS);
  return configurations.flatMap(({ path }) => siteOf(path) ?? []);
}

async function listFolder(uri: vscode.Uri): Promise<FolderListing | undefined> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return new Map(entries.map(([name, type]) => [name, type & vscode.FileType.Directory ? 'folder' : 'file'] as const));
  } catch {
    return undefined;
  }
}

async function isBelow(rootUri: vscode.Uri, name: string): Promise<boolean> {
  const literal = name.replace(/[*?[\]{}]/g, '[$&]');
  return (await vscode.workspace.findFiles(new vscode.RelativePattern(rootUri, `**/${literal}`), FOREIGN_FOLDERS, 1)).length > 0;
}
