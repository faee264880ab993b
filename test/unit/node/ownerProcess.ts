// A window of its own for tests: says its id when it lives, and then lives until it is ended, busy or stopped if told so.
import { createLiveness } from '../../../src/node/liveness.ts';

const [folder = '', manner] = process.argv.slice(2);
const liveness = createLiveness(folder);
process.stdout.write(`${await liveness.start()}\n`);
if (manner === 'busy') for (;;) Math.sqrt(2);
setInterval(() => undefined, 1000);
