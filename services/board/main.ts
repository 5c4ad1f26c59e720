import { runService } from '../shared/runtime/service';
import { createBoard } from './app';
import { readBoardEnv } from './config';

void runService(createBoard(readBoardEnv()));
