import { render } from 'preact';
import { Frame } from '../parts/frame';

render(<Frame>soon</Frame>, document.getElementById('page')!);
