import './home.css';
import { mount } from '../parts/mount';
import { Home } from './home';

mount(<Home />);
