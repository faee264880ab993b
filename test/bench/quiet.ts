// Waits until the machine has nothing else to do, so that a measurement is of what it says.
import { cpus } from 'node:os';

const LOOK_MS = 2000;
const PATIENCE_MS = 10 * 60_000;
/** Of all processors together. */
const IDLE_SHARE = 0.85;

/** True once the processors are idle; false if they are not within ten minutes. */
export async function waitUntilQuiet(): Promise<boolean> {
  for (const startMs = performance.now(); performance.now() - startMs < PATIENCE_MS; ) {
    const before = readTimes();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const after = readTimes();
    if ((after.idle - before.idle) / (after.all - before.all) > IDLE_SHARE) return true;
  }
  return false;
}

function readTimes(): { idle: number; all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const sum = (list: readonly number[]): number => list.reduce((one, other) => one + other, 0);
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap((time) => Object.values(time))) };
}
