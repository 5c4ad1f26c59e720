/** A Job: checks the money's invariants, read-only. */
import { runProgram } from '../services/shared/runtime/run-program';
import { givenDatabases } from './environment';
import { reportMoney } from './money/report';

runProgram(() => {
  const databases = givenDatabases();
  return reportMoney((name) => databases.get(name)?.owner);
});
