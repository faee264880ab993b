// Knows the site generators by their configuration, and the folders whose files they serve from the root.
import { folderOf, nameOf, normalizePath, relativePath, segmentsBelow } from '../insert/posixPath.ts';

export interface Site {
  /** Where its configuration lies. */
  folderPath: string;
  /** Folders below it that `/` may mean; new files go to the first. `''` is the folder itself. */
  staticFolders: readonly string[];
}

/** A configuration's name (or its folder's and its own) and what the generator's documentation says it serves. */
const CONFIGURATIONS: readonly (readonly [name: RegExp, staticFolders: readonly string[]])[] = [
  // https://docusaurus.io/docs/static-assets
  [/^docusaurus\.config\.\w+$/, ['static']],
  // https://docs.astro.build/en/basics/project-structure/#public
  [/^astro\.config\.\w+$/, ['public', 'src']],
  // https://nextjs.org/docs/app/api-reference/file-conventions/public-folder
  [/^next\.config\.\w+$/, ['public']],
  // https://nuxt.com/docs/guide/directory-structure/public
  [/^nuxt\.config\.\w+$/, ['public', 'static', 'app/public', 'content']],
  // https://vite.dev/guide/assets#the-public-directory
  [/^vite\.config\.\w+$/, ['public', 'static']],
  // https://svelte.dev/docs/kit/project-structure#Project-files-static
  [/^svelte\.config\.\w+$/, ['static', 'public']],
  // https://vitepress.dev/guide/asset-handling#the-public-directory
  [/^\.vitepress\/config\.\w+$/, ['public', 'src/public', 'docs/public']],
  // https://vuepress.vuejs.org/guide/assets.html#public-files
  [/^\.vuepress\/config\.\w+$/, ['.vuepress/public']],
  // https://www.gatsbyjs.com/docs/how-to/images-and-media/static-folder/
  [/^gatsby-config\.\w+$/, ['static', 'public']],
  // https://gohugo.io/getting-started/directory-structure/ and https://www.getzola.org/documentation/getting-started/directory-structure/
  [/^(?:hugo|config)\.(?:toml|ya?ml|json)$/, ['static', 'assets', 'content']],
  // https://www.mkdocs.org/user-guide/configuration/#docs_dir
  [/^(?:mkdocs|properdocs|zensical)\.(?:ya?ml|toml)$/, ['docs', 'documentation', '']],
  // https://jekyllrb.com/docs/structure/ and https://hexo.io/docs/asset-folders
  [/^_config\.(?:ya?ml|toml)$/, ['', 'source', 'docs', 'src']],
  // https://rust-lang.github.io/mdBook/format/configuration/general.html
  [/^book\.toml$/, ['src', '']],
  // https://www.sphinx-doc.org/en/master/usage/restructuredtext/basics.html#images
  [/^conf\.py$/, ['']],
  // https://www.11ty.dev/docs/config/#input-directory
  [/^(?:\.eleventy|eleventy\.config)\.\w+$/, ['', 'src', 'public', 'static', 'content', 'src/public', 'src/static', 'src/assets', 'source', 'site']],
  // https://docs.antora.org/antora/latest/standard-directories/
  [/^antora\.ya?ml$/, ['modules/ROOT/images', 'modules/ROOT/assets/images']],
  // https://rspress.rs/guide/basic/static-assets
  [/^rspress\.config\.\w+$/, ['docs/public', 'public']],
  // https://v3.remix.run and https://create-react-app.dev/docs/using-the-public-folder/ keep to a public folder, too.
  [/^(?:remix|react-router|rsbuild|farm|waku|gridsome)\.config\.\w+$/, ['public', 'static']],
  // https://angular.dev/reference/configs/file-structure
  [/^angular\.json$/, ['public', 'src', 'src/assets']],
  // https://quarto.org/docs/websites/
  [/^_quarto\.ya?ml$/, ['']],
  // https://mintlify.com/docs/settings
  [/^(?:mint|docs)\.json$/, ['']],
];

/** Finds all configurations of a workspace. */
export const SITE_CONFIGURATIONS = '**/{docusaurus.config,astro.config,next.config,nuxt.config,vite.config,svelte.config,.vitepress/config,.vuepress/config,gatsby-config,hugo,config,mkdocs,properdocs,zensical,_config,book,conf,.eleventy,eleventy.config,antora,rspress.config,remix.config,react-router.config,rsbuild.config,farm.config,waku.config,gridsome.config,angular,_quarto,mint,docs}.{js,mjs,cjs,ts,mts,cts,json,toml,yml,yaml,py}';

/** Undefined for a file that configures no site that is known. */
export function siteOf(configPath: string): Site | undefined {
  const name = nameOf(configPath);
  const folder = folderOf(configPath);
  const inFolder = `${nameOf(folder)}/${name}`;
  const known = CONFIGURATIONS.find(([pattern]) => pattern.test(name) || pattern.test(inFolder));
  // Hugo's configuration may be a folder of its own: https://gohugo.io/configuration/introduction/#configuration-directory
  if (known && /\/config\/_default$/.test(folder)) return { folderPath: folderOf(folderOf(folder)), staticFolders: known[1] };
  return known && { folderPath: known[0].test(name) ? folder : folderOf(folder), staticFolders: known[1] };
}

/** Folders that a path from the root is looked for in, whatever the generator. */
const USUAL_FOLDERS = ['', 'public', 'static', 'docs', 'assets', 'src', 'source', 'content', 'images', 'src/assets', 'src/static', 'docs/public', 'docs/static', 'docs/assets', 'docs/.vuepress/public', 'docs/.vitepress/public', '.vuepress/public', 'website/static', 'site'];

/** A workspace of examples holds hundreds; far ones tell nothing. */
const MOST_SITES = 12;

export interface SiteFolders {
  /** Where `/` leads, the likeliest first: `linkBase`, else the nearest sites' own folders. */
  likely: string[];
  /** Other folders that a file may be served from. */
  possible: string[];
}

/** The folders that `/` may mean in a document. `sites` are those of the workspace. */
export function siteFolders(documentPath: string, rootPath: string, linkBase: string, sites: readonly Site[]): SiteFolders {
  const join = (folder: string, below: string): string => normalizePath(`${folder}/${below}`);
  const base = linkBase.trim().replaceAll('\\', '/');
  const near = [...sites].sort((one, other) => distance(documentPath, one.folderPath) - distance(documentPath, other.folderPath)).slice(0, MOST_SITES);
  const own = near.flatMap(({ folderPath, staticFolders }) => staticFolders.map((folder) => join(folderPath, folder)));
  const above = foldersAbove(documentPath, rootPath);
  const usual = [...above, ...near.map(({ folderPath }) => folderPath)].flatMap((folder) => USUAL_FOLDERS.map((below) => join(folder, below)));
  const likely = base === '' ? own : [join(rootPath, base)];
  const inside = (folders: readonly string[]): string[] => [...new Set(folders)].filter((folder) => segmentsBelow(rootPath, folder) !== undefined);
  return { likely: inside(likely), possible: inside([...own, ...usual]) };
}

/** The document's folder and those above it, down to the root. */
export function foldersAbove(documentPath: string, rootPath: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(documentPath); segmentsBelow(rootPath, folder); folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === '/' || segmentsBelow(rootPath, folder)?.length === 0) break;
  }
  return folders;
}

/** Steps from the document's folder to a site's; a site that is above comes before any that is beside. */
function distance(documentPath: string, sitePath: string): number {
  const steps = relativePath(folderOf(documentPath), sitePath)?.split('/').filter((step) => step !== '') ?? [];
  return steps.length + (steps.some((step) => step !== '..') ? 1000 : 0);
}
