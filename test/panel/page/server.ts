// Serves the built page in a plain browser, under the same content security policy as in VS Code.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { formHtml } from '../../../src/host/panel/formHtml.ts';
import themes from './themes.json' with { type: 'json' };

export type ThemeName = keyof typeof themes;
export const THEMES = Object.keys(themes) as ThemeName[];

/** Stands in for VS Code: what the page posts goes to `hostReceives`, its state lives as long as this visit, over every reload. */
const FAKE_API = `
  const visit = new URLSearchParams(location.search).get('visit');
  const key = 'vscodeState of ' + visit;
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.hostReceives(visit, message),
    getState: () => JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem(key, JSON.stringify(state)),
  });`;

export interface PageServer {
  url(theme: ThemeName, language?: string): string;
  close(): Promise<void>;
}

export async function servePage(): Promise<PageServer> {
  const [early = '', script = '', style = ''] = await Promise.all(['src/panel/early.ts', 'src/panel/panel.ts', 'media/panel.css'].map(async (source) => {
    const bundle = await build({ entryPoints: [source], bundle: true, minify: true, format: 'iife', target: 'chrome134', write: false });
    return bundle.outputFiles[0]?.text;
  }));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const answer = (type: string, body: string, headers: Record<string, string> = {}): void => {
      response.writeHead(200, { 'content-type': type, ...headers }).end(body);
    };
    if (url.pathname === '/panel.js') answer('text/javascript', script, KEPT);
    else if (url.pathname === '/panel.css') answer('text/css', style, KEPT);
    else if (url.pathname === '/theme.css') answer('text/css', themeCss(url.searchParams.get('theme') as ThemeName), KEPT);
    else if (url.pathname.startsWith('/image/')) answer('image/svg+xml', paintImage(url.pathname), KEPT);
    else if (url.pathname === '/') answer('text/html; charset=utf-8', pageHtml(url.searchParams.get('theme') as ThemeName, url.searchParams.get('lang') ?? 'en', url.searchParams.get('early'), early), { 'content-security-policy': POLICY });
    else response.writeHead(url.pathname === '/favicon.ico' ? 204 : 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (theme, language = 'en') => `http://localhost:${port}/?theme=${theme}&lang=${language}`,
    close: () => closeServer(server),
  };
}

/** What is the same in every test is asked for once: nothing here changes while the server is there. */
const KEPT = { 'cache-control': 'max-age=3600' };

const POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'nonce-test'; font-src 'none'";

/** The page's texts as the host supplies them: English from its source, Chinese from its bundle. */
function pageTexts(language: string): Record<string, string> {
  const source = readFileSync('src/host/panel/pageTexts.ts', 'utf8');
  const english = [...source.matchAll(/^ {4}(\w+): vscode\.l10n\.t\('(.*)'\),$/gm)].map(([, key = '', text = '']) => [key, text] as const);
  if (language === 'en') return Object.fromEntries(english);
  const bundle = JSON.parse(readFileSync(`l10n/bundle.l10n.${language}.json`, 'utf8')) as Record<string, string>;
  return Object.fromEntries(english.map(([key, text]) => [key, bundle[text] ?? `UNTRANSLATED ${text}`]));
}

/** With a prompt, the prompt box stands in the page before the rest of it is loaded. */
function pageHtml(theme: ThemeName, language: string, prompt: string | null, early: string): string {
  const texts = pageTexts(language);
  const form = prompt === null ? '' : formHtml(prompt, { prompt: texts['prompt'] ?? '', promptPlaceholder: texts['promptPlaceholder'] ?? '' });
  const strings = JSON.stringify(texts).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><title>Generate Image</title>
    <link rel="stylesheet" href="/theme.css?theme=${theme}"><link rel="stylesheet" href="/panel.css"></head>
    <body class="${themes[theme].bodyClass}" data-rest="/panel.js" data-rest-failed="It could not be loaded." data-strings="${strings}"><div id="app">${form}</div>
    <script nonce="test">${FAKE_API}</script><script nonce="test">${early}</script></body></html>`;
}

function themeCss(theme: ThemeName): string {
  const colors = Object.entries(themes[theme].colors).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `:root { ${colors.join(' ')} --vscode-font-family: system-ui, 'Noto Sans CJK SC', sans-serif; --vscode-font-size: 13px; }
    body { background: var(--vscode-sideBar-background); }`;
}

function paintImage(path: string): string {
  const [, , index = '0', width = '100', height = '100'] = path.split('/');
  const hue = (createHash('sha256').update(index).digest()[0] ?? 0) * 1.4;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100" preserveAspectRatio="xMidYMid slice">
    <rect width="100" height="100" fill="hsl(${hue},60%,72%)"/><circle cx="68" cy="30" r="11" fill="hsl(${hue + 40},90%,86%)"/>
    <path d="M0 70 25 40 48 66 66 48 100 78V100H0z" fill="hsl(${hue + 20},38%,45%)"/><path d="M0 84q25-14 50 0t50 0V100H0z" fill="hsl(${hue + 60},35%,30%)"/></svg>`;
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
