import { App } from 'cdktf';
import { orders } from './main';

const app = new App();
orders(app);
app.synth();
