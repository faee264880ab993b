// Makes the answer to an agent that the pages on agents show.
import { describeGenerated } from '../../src/agents/answerText.ts';

export function exampleAnswer(): string {
  const path = 'docs/images/fox.webp';
  return describeGenerated({
    made: [{ path, widthPx: 1200, heightPx: 630, bytes: 48_210, markdown: '![A fox in the snow](images/fox.webp)', html: '<img src="images/fox.webp" alt="A fox in the snow" width="1200" height="630">', promptUsed: 'A fox in the snow, soft watercolour', id: '20261125T101500Z-7f3a9c' }],
    failed: [{ number: 2, sentence: 'The service refused the content of this prompt. Change the prompt and generate again.', charged: 'no' }],
    left: 8,
  });
}
