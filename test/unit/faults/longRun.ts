// Prints what becomes of paid images when windows are killed and files fail, at length: `npm run test:kills`.
// KILLS sets how many windows are killed. Ends with 1 if anything was lost silently, sent twice, kept twice or altered.
import { isLostSilently, listFaults, runFault } from './fileFaults.ts';
import { killWindows } from './kills.ts';

const kills = Number(process.env['KILLS'] ?? 1000);

const sum = { kills: 0, posts: 0, kept: 0, reported: 0, gone: 0, doubled: 0, altered: 0, read: 0, lostAfterRead: 0, told: 0, lostAfterTold: 0 };
for await (const count of killWindows(kills)) {
  for (const name of Object.keys(sum) as (keyof typeof sum)[]) {
    const value = count[name];
    sum[name] += typeof value === 'number' ? value : value.length;
  }
  console.log(`${sum.kills} windows killed: ${sum.posts} requests sent, ${sum.kept} images kept, ${sum.reported} requests reported as perhaps charged;`);
  console.log(`  ${sum.gone} lost silently, ${sum.doubled} sent or kept twice, ${sum.altered} altered;`);
  console.log(`  of ${sum.told} whose answer a window had told of ${sum.lostAfterTold} were lost, of ${sum.read} that it had read ${sum.lostAfterRead}`);
}

const faults = { tried: 0, kept: 0, told: 0, lostSilently: 0, twice: 0 };
for (const fault of listFaults()) {
  const ending = await runFault(fault);
  faults.tried++;
  if (ending.kept === ending.wanted) faults.kept++;
  else if (ending.told) faults.told++;
  if (isLostSilently(ending)) console.log(`Lost silently: ${JSON.stringify(fault)}`);
  if (isLostSilently(ending)) faults.lostSilently++;
  if (ending.posts > 1 || ending.kept > ending.wanted) faults.twice++;
}
console.log(`${faults.tried} file faults: ${faults.kept} images kept, ${faults.told} told, ${faults.lostSilently} lost silently, ${faults.twice} sent or kept twice`);
process.exitCode = faults.lostSilently + faults.twice + sum.gone + sum.doubled + sum.altered + sum.lostAfterTold > 0 ? 1 : 0;
