import { runService } from '../shared/runtime/service';
import { createUser } from './app';
import { readUserEnv } from './config';

void runService(createUser(readUserEnv()));
