// Lets windows tell which of them live, by a socket that the operating system closes when its process dies.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Liveness } from '../host/platform.ts';
import { codeOf } from './nodeFiles.ts';

const WINDOW_ID = /^([0-9a-f]{8})-(\d+)-([0-9a-f]{8})$/;
/** The shortest that systems allow for the path of a socket is 104 bytes, with its end. */
const LONGEST_SOCKET_PATH_BYTES = 100;
/** Connecting needs nothing of the other process: the system itself accepts. This is for a system that hangs. */
const CONNECT_MS = 2000;
const OWNER_ONLY = { mode: 0o600 };
const isWindows = process.platform === 'win32';

/**
 * @param storageFolder absolute path of the folder that the windows share. In its `windows/` lies one file for each
 * living window, which tells where its socket is: windows need not agree on the folder for temporary files.
 */
export function createLiveness(storageFolder: string): Liveness {
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  const random = randomBytes(4).toString('hex');
  const windowId = `${machine}-${process.pid}-${random}`;
  const folder = join(storageFolder, 'windows');
  let server: Promise<Server | undefined> | undefined;

  async function begin(): Promise<Server | undefined> {
    await mkdir(folder, { recursive: true });
    const address = socketPath(folder, random);
    // First the file, so that a process that dies between the two leaves no socket that nobody would find.
    await writeFile(join(folder, windowId), address, OWNER_ONLY);
    try {
      return await listen(address);
    } catch {
      // No sockets here (a sandbox, a long path): the process id is all that others have then.
      await writeFile(join(folder, windowId), '', OWNER_ONLY);
      return undefined;
    }
  }

  async function isAlive(id: string): Promise<boolean | undefined> {
    if (id === windowId) return true;
    const [, itsMachine, pid, itsRandom] = WINDOW_ID.exec(id) ?? [];
    if (itsMachine !== machine || !itsRandom) return undefined;
    let address;
    try {
      address = await readFile(join(folder, id), 'utf8');
    } catch (error) {
      // A window has its file before anything names it as an owner, and removes it last.
      return codeOf(error) === 'ENOENT' ? false : undefined;
    }
    switch (address === '' ? 'ENOENT' : await knock(address)) {
      case 'ECONNREFUSED':
        return false;
      case 'ENOENT':
        // Systems clean up folders for temporary files: a socket that is gone does not prove that its process is.
        return (isWindows && address !== '') || !isProcess(Number(pid)) ? false : undefined;
      default:
        // Whatever else keeps from connecting is no proof of death, and taking a living window's job is the worse mistake.
        return true;
    }
  }

  /** Removes what dead windows left. */
  async function clean(): Promise<void> {
    for (const id of await readdir(folder)) {
      if (!WINDOW_ID.test(id) || (await isAlive(id)) !== false) continue;
      const address = await readFile(join(folder, id), 'utf8');
      if (!isWindows && address !== '') await rm(address, { force: true });
      await rm(join(folder, id), { force: true });
    }
  }

  return {
    windowId,
    async start() {
      if (!server) {
        server = begin();
        // The next job tries again.
        server.catch(() => (server = undefined));
        void server.then(clean).catch(() => undefined);
      }
      await server;
      return windowId;
    },
    isAlive,
    async dispose() {
      if (!server) return;
      const started = await server.catch(() => undefined);
      await rm(join(folder, windowId), { force: true }).catch(() => undefined);
      await new Promise<void>((resolve) => (started ? started.close(() => resolve()) : resolve()));
    },
  };
}

function pipeName(random: string): string {
  return `\\\\.\\pipe\\generate-image-${random}`;
}

function socketPath(folder: string, random: string): string {
  if (isWindows) return pipeName(random);
  const beside = join(folder, random);
  return Buffer.byteLength(beside) <= LONGEST_SOCKET_PATH_BYTES ? beside : join(tmpdir(), `generate-image-${random}`);
}

async function listen(address: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  server.removeAllListeners('error');
  // A visitor that is refused for want of file handles must not end the window.
  server.on('error', () => undefined);
  server.unref();
  return server;
}

/** Undefined if somebody listens, else the system's name for why not. */
function knock(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const finish = (answer: string | undefined): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(CONNECT_MS, () => finish('ETIMEDOUT'));
    socket.once('connect', () => finish(undefined));
    socket.on('error', (error) => finish(codeOf(error)));
  });
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
