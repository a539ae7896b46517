import '../pages.css';
import './home.css';
import { renderPage } from '../components/render-page';
import { Home } from './home';

renderPage(<Home />);
