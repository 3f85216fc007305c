// Bundles the test site; runs in the cache folder, where the npm packages are.
import {bundle} from '@remotion/bundler';
import path from 'node:path';

await bundle({
  entryPoint: path.resolve('site/index.jsx'),
  outDir: path.resolve('bundle'),
  publicPath: '/site/',
  rootDir: process.cwd(),
  enableCaching: false,
});
