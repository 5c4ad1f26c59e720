import { contractFiles } from './generate/contracts';
import { brokenEvents } from './generate/event-baseline';
import { writeGenerated } from './generate/generated-file';

const files = contractFiles();
const broken = brokenEvents(files);
if (broken.length > 0) {
  console.error('These changes cannot be read by consumers that run already:');
  for (const change of broken) console.error(`  ${change}`);
  console.error('Nothing was written. Add a new version of the event beside the old one.');
  process.exitCode = 1;
} else {
  writeGenerated(files);
}
