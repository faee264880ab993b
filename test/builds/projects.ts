// Lists the projects: their files, the document that takes the image, the tool, and how its result shows the image.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { convertFile } from '@asciidoctor/core';
import type { InsertedImage } from './insertImage.ts';
import type { Tool } from './tools.ts';

interface Built {
  folder: string;
  image: InsertedImage;
  /** What `findTool` found. */
  tool: string;
}

interface Project {
  name: string;
  tool: Tool;
  files: Readonly<Record<string, string>>;
  document: string;
  /** Undefined if the image is in what was built; else what is wrong. */
  build: (built: Built) => Promise<string | undefined> | string | undefined;
}

const debian = (program: string, name: string): Tool => ({ program, from: `Debian: apt-get install ${name}` });

/** Undefined if it ends well; else its words. */
function run(program: string, args: readonly string[], cwd: string): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8', ASTRO_TELEMETRY_DISABLED: '1' } });
  return status === 0 ? undefined : `${program} ended with ${status ?? error?.message}: ${(stderr + stdout).trim().slice(-600)}`;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
}

/** Whether a page in the folder shows a file with the image's bytes. */
function isShown(output: string, { bytes }: InsertedImage, root = output): string | undefined {
  for (const page of filesBelow(output).filter((path) => path.endsWith('.html'))) {
    for (const [, source = ''] of readFileSync(page, 'utf8').matchAll(/<img\s[^>]*?src="([^"]*)"/g)) {
      const path = decodeURI(source.replaceAll('&amp;', '&').replace(/^file:\/\//, ''));
      const file = path.startsWith('/') && !existsSync(path) ? join(root, path) : path.startsWith('/') ? path : join(dirname(page), path);
      if (existsSync(file) && readFileSync(file).equals(bytes)) return undefined;
    }
  }
  return `no page shows the image, of ${filesBelow(output).filter((path) => path.endsWith('.html')).length}`;
}

/** Whether a file of the image's bytes is in what was built, under whatever name. */
function isThere(output: string, { bytes }: InsertedImage): string | undefined {
  return filesBelow(output).some((path) => readFileSync(path).equals(bytes)) ? undefined : 'the image is not in what was built';
}

const ASCIIDOC = { 'docs/index.adoc': '= A title\n:imagesdir: ../figures\n\nA fox§ in the hills.\n\nMore.\n' };
const REST = { 'index.rst': 'A title\n=======\n\n- A fox§ in the hills.\n- More.\n', 'conf.py': 'project = "x"\n' };
const LATEX = {
  'main.tex': '\\documentclass{book}\n\\usepackage{graphicx}\n\\graphicspath{{figures/}}\n\\begin{document}\n\\include{chapters/one}\n\\end{document}\n',
  'chapters/one.tex': '\\chapter{A fox}\n\nA fox§ in the hills.\n\n\\begin{itemize}\n\\item More.\n\\end{itemize}\n',
};

const ASTRO: Tool = { packages: { astro: '7.3.5' }, from: 'npm: astro' };

/** Files stay as they are: a converted image could not be told by its bytes. */
const ASTRO_SITE = {
  'package.json': '{ "type": "module" }\n',
  'astro.config.mjs': 'export default { image: { service: { entrypoint: "astro/assets/services/noop" } } };\n',
};

function buildAstro({ folder, image, tool }: Built): string | undefined {
  symlinkSync(join(tool, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return run(process.execPath, [join('node_modules', 'astro', 'bin', 'astro.mjs'), 'build', '--silent'], folder) ?? isShown(join(folder, 'dist'), image);
}

export const PROJECTS: readonly Project[] = [
  {
    name: 'Vite and Vue',
    tool: { packages: { 'vite': '^7', 'vue': '^3', '@vitejs/plugin-vue': '^6' }, from: 'npm: vite, vue' },
    files: {
      'index.html': '<!doctype html>\n<html><body><div id="app"></div><script type="module" src="/src/main.js"></script></body></html>\n',
      'src/main.js': 'import { createApp } from "vue";\nimport App from "./App.vue";\ncreateApp(App).mount("#app");\n',
      'src/App.vue': '<template>\n  <main>\n    <p>A fox§ in the hills.</p>\n  </main>\n</template>\n',
    },
    document: 'src/App.vue',
    build: async ({ folder, image, tool }) => {
      symlinkSync(join(tool, 'node_modules'), join(folder, 'node_modules'), 'junction');
      const load = async (path: string): Promise<unknown> => import(pathToFileURL(join(tool, 'node_modules', path)).href);
      const vite = (await load('vite/dist/node/index.js')) as { build: (options: object) => Promise<unknown> };
      const vue = (await load('@vitejs/plugin-vue/dist/index.mjs')) as { default: () => unknown };
      await vite.build({ root: folder, configFile: false, logLevel: 'error', plugins: [vue.default()], build: { outDir: 'dist' } });
      return isThere(join(folder, 'dist'), image);
    },
  },
  {
    name: 'Astro, a page',
    tool: ASTRO,
    files: { ...ASTRO_SITE, 'public/robots.txt': '', 'src/pages/index.astro': '---\nconst name = "fox";\n---\n<html><head><title>{name}</title></head><body>\n  <p>A {name}§ in the hills.</p>\n</body></html>\n' },
    document: 'src/pages/index.astro',
    build: buildAstro,
  },
  {
    name: 'Astro, Markdown',
    tool: ASTRO,
    files: { ...ASTRO_SITE, 'src/pages/a/fox.md': '---\ntitle: A fox\n---\n\n- A fox§ in the hills.\n- More.\n' },
    document: 'src/pages/a/fox.md',
    build: buildAstro,
  },
  {
    name: 'Hugo',
    tool: debian('hugo', 'hugo'),
    files: {
      'hugo.toml': 'title = "x"\nbaseURL = "/"\n',
      'config.toml': 'title = "x"\nbaseURL = "/"\n',
      'layouts/_default/single.html': '<html><body>{{ .Content }}</body></html>\n',
      'content/post/index.md': '---\ntitle: A fox\n---\n\n| a | b |\n|---|---|\n| A fox§ | hills |\n\nMore.\n',
    },
    document: 'content/post/index.md',
    build: ({ folder, image, tool }) => run(tool, ['--quiet'], folder) ?? isShown(join(folder, 'public'), image),
  },
  {
    name: 'MkDocs',
    tool: debian('mkdocs', 'mkdocs'),
    files: { 'mkdocs.yml': 'site_name: x\ntheme: mkdocs\n', 'docs/index.md': '# A title\n\n> A fox§ in the hills.\n\nMore.\n', 'docs/guide/a.md': '# B\n' },
    document: 'docs/index.md',
    build: ({ folder, image, tool }) => run(tool, ['build', '--strict', '--quiet'], folder) ?? isShown(join(folder, 'site'), image),
  },
  {
    name: 'pandoc',
    tool: debian('pandoc', 'pandoc'),
    files: { 'a.qmd': '---\ntitle: A fox\n---\n\n1. A fox§ in the hills.\n2. More.\n' },
    document: 'a.qmd',
    build: ({ folder, image, tool }) => run(tool, ['-f', 'markdown', '-t', 'html', '-s', '--metadata', 'title=x', '-o', 'a.html', 'a.qmd'], folder) ?? isShown(folder, image),
  },
  { name: 'Asciidoctor', tool: debian('asciidoctor', 'asciidoctor'), files: ASCIIDOC, document: 'docs/index.adoc', build: ({ folder, image, tool }) => run(tool, ['--failure-level', 'WARN', 'docs/index.adoc'], folder) ?? isShown(folder, image) },
  {
    name: 'Asciidoctor.js',
    tool: { packages: {}, from: 'npm: @asciidoctor/core' },
    files: ASCIIDOC,
    document: 'docs/index.adoc',
    build: async ({ folder, image }) => {
      await convertFile(join(folder, 'docs/index.adoc'), { safe: 'safe', standalone: true });
      return isShown(folder, image);
    },
  },
  { name: 'Sphinx', tool: debian('sphinx-build', 'python3-sphinx'), files: REST, document: 'index.rst', build: ({ folder, image, tool }) => run(tool, ['-W', '-q', '-b', 'html', '.', 'built'], folder) ?? isShown(join(folder, 'built'), image) },
  { name: 'docutils', tool: debian('rst2html', 'python3-docutils'), files: REST, document: 'index.rst', build: ({ folder, image, tool }) => run(tool, ['--halt=2', 'index.rst', 'index.html'], folder) ?? isShown(folder, image) },
  {
    name: 'pdflatex',
    tool: debian('pdflatex', 'texlive-latex-base'),
    files: LATEX,
    document: 'chapters/one.tex',
    build: ({ folder, image, tool }) => {
      const problem = run(tool, ['-interaction=nonstopmode', '-halt-on-error', '-recorder', 'main.tex'], folder);
      if (problem !== undefined) return problem;
      const name = image.path.split('/').at(-1) ?? '';
      return readFileSync(join(folder, 'main.fls'), 'utf8').includes(`${name}\n`) && existsSync(join(folder, 'main.pdf')) ? undefined : 'the image was not read';
    },
  },
  {
    name: 'pdflatex, names that TeX reads otherwise',
    tool: debian('pdflatex', 'texlive-latex-base'),
    files: { 'main.tex': '\\documentclass{article}\n\\usepackage{graphicx}\n\\begin{document}\n\\input{chapters}\n\\end{document}\n', 'chapters.tex': 'More.\n', '~a #1 `b` 50%^_&{c}/one.tex': '% !TeX root = ../main.tex\nA fox§ in the hills.\n' },
    document: '~a #1 `b` 50%^_&{c}/one.tex',
    build: ({ folder, image, tool }) => {
      // The root takes in the text itself: its own name would have to be escaped by the person.
      writeFileSync(join(folder, 'chapters.tex'), readFileSync(join(folder, '~a #1 `b` 50%^_&{c}/one.tex')));
      return run(tool, ['-interaction=nonstopmode', '-halt-on-error', '-recorder', 'main.tex'], folder) ?? (readFileSync(join(folder, 'main.fls'), 'utf8').includes(`${image.path}\n`) ? undefined : 'the image was not read');
    },
  },
  {
    name: 'Org in Emacs',
    tool: debian('emacs', 'emacs-nox'),
    files: { 'a.org': '* A title\n\n- A fox§ in the hills.\n- More.\n' },
    document: 'a.org',
    build: ({ folder, image, tool }) => run(tool, ['--batch', '-Q', 'a.org', '-f', 'org-html-export-to-html'], folder) ?? isShown(folder, image),
  },
  {
    name: 'PHP',
    tool: debian('php', 'php-cli'),
    files: { 'index.php': '<!doctype html>\n<html><body>\n<?php if (true): ?>\n<p class="<?= "a" ?>">A fox§</p>\n<?php endif ?>\n</body></html>\n' },
    document: 'index.php',
    build: ({ folder, image, tool }) => {
      const { stdout } = spawnSync(tool, ['index.php'], { cwd: folder });
      writeFileSync(join(folder, 'index.html'), stdout);
      return isShown(folder, image);
    },
  },
  {
    name: 'Typst',
    tool: { packages: { '@myriaddreamin/typst-ts-node-compiler': '^0.7.0' }, from: 'npm: @myriaddreamin/typst-ts-node-compiler' },
    files: { 'main.typ': '= A title\n\n- A fox§ in the hills.\n- More.\n' },
    document: 'main.typ',
    build: async ({ folder, tool }) => {
      const { compileTypst } = await import('./typstRows.ts');
      const html = await compileTypst(tool, folder, readFileSync(join(folder, 'main.typ'), 'utf8'));
      return html.includes('<img') ? undefined : 'the image is not in the page';
    },
  },
];
