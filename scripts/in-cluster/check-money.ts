/** A Job: looks whether every cent of the product is where it belongs, by reading only. */
import { reportMoney } from '../money/report';
import { givenDatabases } from './environment';

const databases = givenDatabases();

reportMoney((name) => databases.get(name)?.owner).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
