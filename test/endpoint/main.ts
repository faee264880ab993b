// Starts the stand-in from a command line and prints its addresses as one line of JSON; a signal ends it.
import { parseArgs } from 'node:util';
import { startStandIn } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    delay: { type: 'string', default: '0' },
    key: { type: 'string' },
    answer: { type: 'string', default: 'url' },
    host: { type: 'string', default: '127.0.0.1' },
    image: { type: 'string', default: 'landscape' },
  },
});

const standIn = await startStandIn({
  port: Number(values.port),
  delayMs: Number(values.delay),
  answer: values.answer === 'base64' ? 'base64' : 'url',
  image: values.image === 'flat' ? 'flat' : 'landscape',
  publicHost: values.host,
  ...(values.key === undefined ? {} : { key: values.key }),
});
console.log(JSON.stringify({ baseUrl: standIn.baseUrl, filesUrl: standIn.filesUrl }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void standIn.close());
