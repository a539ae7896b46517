import './home.css';
import { render } from 'preact';
import { Frame } from '../parts/frame';
import { Home } from './home';

const container = document.getElementById('page');
if (!container) throw new Error('The page has no element with the id "page".');
render(
  <Frame>
    <Home />
  </Frame>,
  container,
);
