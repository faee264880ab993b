// Turns a window into something that an agent's server can talk to: a socket for its user alone, and a file that tells where it is.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LineReader } from '../../agents/lines.ts';
import { type Door, type DoorCall, type DoorParts, GONE } from '../../agents/door.ts';
import { BRIDGE_VERSION, MOST_MESSAGE_CHARACTERS, parseMessage, type ServerMessage, serverMessageSchema, type WindowFile, type WindowMessage } from '../../agents/windowMessages.ts';
import { WINDOWS } from './windowFiles.ts';

const LONGEST_SILENCE_MS = 5000;
const MOST_CONNECTIONS = 16;
const isWindows = process.platform === 'win32';

/**
 * @param folder absolute path of the folder that holds the server's script
 * @throws if no socket can be opened
 */
export async function openDoor(folder: string, parts: DoorParts): Promise<Door> {
  const token = randomBytes(32).toString('base64url');
  // A new folder of this kind can be entered by its owner alone, whatever the rights of the socket in it.
  const home = isWindows ? undefined : mkdtempSync(join(tmpdir(), 'generate-image-'));
  const address = home === undefined ? `\\\\.\\pipe\\generate-image-${randomBytes(16).toString('hex')}` : join(home, 'window');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    greet(socket, token, parts);
  });
  server.maxConnections = MOST_CONNECTIONS;
  try {
    await listen(server, address);
    if (!isWindows) await chmod(address, 0o600);
  } catch (error) {
    if (home !== undefined) rmSync(home, { recursive: true, force: true });
    throw error;
  }
  const windows = join(folder, WINDOWS);
  const file = join(windows, `${parts.windowId}.json`);
  let writing: Promise<void> = Promise.resolve();
  let isClosed = false;

  async function write(): Promise<void> {
    if (isClosed) return;
    const window: WindowFile = { bridge: BRIDGE_VERSION, version: parts.version, pid: process.pid, address, token, folders: [...parts.folders()], focusedMs: parts.now() };
    await mkdir(windows, { recursive: true, mode: 0o700 });
    const draft = `${file}.${randomBytes(4).toString('hex')}`;
    await writeFile(draft, JSON.stringify(window), { mode: 0o600, flag: 'wx' });
    await rename(draft, file);
  }

  const door: Door = {
    update: () => (writing = writing.catch(() => undefined).then(write)),
    async close() {
      isClosed = true;
      await writing.catch(() => undefined);
      await rm(file, { force: true });
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      if (home !== undefined) rmSync(home, { recursive: true, force: true });
    },
  };
  await door.update();
  return door;
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.removeListener('error', reject);
      // A window that has nothing else to do may end.
      server.unref();
      resolve();
    });
  });
}

/** The first message must hold the token; nothing is answered before. */
function greet(socket: Socket, token: string, { handle }: DoorParts): void {
  const lines = new LineReader(MOST_MESSAGE_CHARACTERS);
  const running = new Map<number, AbortController>();
  let client: DoorCall['client'] | undefined;
  const say = (message: WindowMessage): void => void (socket.writable && socket.write(`${JSON.stringify(message)}\n`));
  const silence = setTimeout(() => socket.destroy(), LONGEST_SILENCE_MS);
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearTimeout(silence);
    for (const call of running.values()) call.abort(GONE);
  });
  socket.on('data', (piece: string) => {
    for (const line of lines.take(piece)) {
      const message = parseMessage(serverMessageSchema, line);
      if (!client) {
        client = message && admit(message, token);
        if (!client) return void socket.destroy();
        clearTimeout(silence);
        say({ type: 'welcome' });
      } else if (message?.type === 'cancel') running.get(message.id)?.abort('cancelled');
      else if (message?.type === 'call' && !running.has(message.id)) start(message, client);
    }
  });

  function start({ id, tool, arguments: args }: Extract<ServerMessage, { type: 'call' }>, from: DoorCall['client']): void {
    const call = new AbortController();
    running.set(id, call);
    void handle({ tool, arguments: args, client: from, signal: call.signal, progress: (done, total, message) => say({ type: 'progress', id, done, total, message }) })
      .then(({ isError, parts }) => say({ type: 'answer', id, isError, parts: [...parts] }))
      .finally(() => running.delete(id));
  }
}

function admit(message: ServerMessage, token: string): DoorCall['client'] | undefined {
  if (message.type !== 'hello' || message.bridge !== BRIDGE_VERSION) return undefined;
  const [came, wanted] = [Buffer.from(message.token), Buffer.from(token)];
  return came.length === wanted.length && timingSafeEqual(came, wanted) ? message.client : undefined;
}
