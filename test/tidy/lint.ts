import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { lintOffenders } from './lint-offenders';
import { ROOT } from './tree';

/** Returns our ESLint configuration without rules that need types: offenders are in no project. */
function withoutTypes(): ESLint {
  return new ESLint({
    cwd: ROOT,
    overrideConfig: [
      { ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] },
      { files: ['**/*.ts'], languageOptions: { parserOptions: { projectService: false } } },
    ],
  });
}

/** Prints offenders in which ESLint does not see the fault: by rule, or by the message's start. */
async function main(): Promise<void> {
  const eslint = withoutTypes();
  const unseen: string[] = [];
  for (const [fault, files] of Object.entries(lintOffenders)) {
    for (const { path, text } of files) {
      const [result] = await eslint.lintText(text, { filePath: path });
      const isSeen = result?.messages.some(
        ({ ruleId, message }) => ruleId === fault || message.startsWith(fault),
      );
      if (!isSeen) unseen.push(`${path}: ${fault}`);
    }
  }
  process.stdout.write(JSON.stringify(unseen));
}

void main();
