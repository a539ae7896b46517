// Settings from the environment, which the benchmark sets.

import { readFileSync } from 'node:fs';
import { bySql, inMemory } from './rows.js';

const { PORT, SQLITE_FILE, SCHEMA, ROWS, CACHED } = process.env;

export const host = '127.0.0.1';
export const port = Number(PORT);
export const schema = readFileSync(SCHEMA, 'utf8');
export const inSql = ROWS === 'sql';
export const rows = inSql ? bySql(SQLITE_FILE) : inMemory(SQLITE_FILE);
export const cached = CACHED === '1';
export const CACHE_SECONDS = 600;
