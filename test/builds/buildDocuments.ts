// Builds one small project for each tool that reads documents, with an image that the product inserted, and says what came of it.
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkComponents } from './componentRows.ts';
import { insertImage, writeProject } from './insertImage.ts';
import { PROJECTS } from './projects.ts';
import { findTool } from './tools.ts';
import { checkTypst } from './typstRows.ts';

// Names choose projects: `npm run test:documents -- vite typst`.
const wanted = process.argv.slice(2);
const counts = { built: 0, failed: 0, absent: 0 };

for (const project of PROJECTS) {
  if (wanted.length > 0 && !wanted.some((name) => project.name.toLowerCase().includes(name.toLowerCase()))) continue;
  const tool = findTool(project.tool);
  if (tool === undefined) {
    counts.absent++;
    console.log(`–    ${project.name}: not on this machine (${project.tool.from})`);
    continue;
  }
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'generate-image-build-')));
  try {
    await writeProject(folder, project.files);
    const image = await insertImage(folder, project.document);
    const problem = await project.build({ folder, image, tool });
    counts[problem === undefined ? 'built' : 'failed']++;
    console.log(problem === undefined ? `ok   ${project.name}: ${image.path}` : `FAIL ${project.name}: ${problem}`);
  } catch (error) {
    counts.failed++;
    console.log(`FAIL ${project.name}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
if (wanted.length === 0 || wanted.includes('typst')) await checkTypst(counts);
await checkComponents(counts, wanted);
console.log(`${counts.built} built, ${counts.failed} failed, ${counts.absent} not on this machine`);
process.exitCode = counts.failed === 0 ? 0 : 1;
