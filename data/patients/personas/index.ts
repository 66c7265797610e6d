import type { Persona } from '../generate.ts';
import { aaliyahBrooks } from './aaliyah-brooks.ts';
import { aminaWarsame } from './amina-warsame.ts';
import { darnellHughes } from './darnell-hughes.ts';
import { eleanorWhitfield } from './eleanor-whitfield.ts';
import { georgePapadakis } from './george-papadakis.ts';
import { hanaTakahashi } from './hana-takahashi.ts';
import { ingridSolberg } from './ingrid-solberg.ts';
import { joaoFerreira } from './joao-ferreira.ts';
import { keishaBaptiste } from './keisha-baptiste.ts';
import { linhNguyen } from './linh-nguyen.ts';
import { manuelOrtega } from './manuel-ortega.ts';
import { meeraKrishnan } from './meera-krishnan.ts';
import { noorKarimi } from './noor-karimi.ts';
import { patriciaOconnell } from './patricia-oconnell.ts';
import { rosaDelgado } from './rosa-delgado.ts';
import { ruthFeldman } from './ruth-feldman.ts';
import { shaniceTorres } from './shanice-torres.ts';
import { thaboDlamini } from './thabo-dlamini.ts';
import { vikramSethi } from './vikram-sethi.ts';
import { walterKowalczyk } from './walter-kowalczyk.ts';
import { yusufDemir } from './yusuf-demir.ts';
import { zaidAlhassan } from './zaid-alhassan.ts';

/** Everybody with a story, in the order in which they are shown. */
export const personas: readonly Persona[] = [
  rosaDelgado,
  aaliyahBrooks,
  aminaWarsame,
  darnellHughes,
  eleanorWhitfield,
  georgePapadakis,
  hanaTakahashi,
  ingridSolberg,
  joaoFerreira,
  keishaBaptiste,
  linhNguyen,
  manuelOrtega,
  meeraKrishnan,
  noorKarimi,
  patriciaOconnell,
  ruthFeldman,
  shaniceTorres,
  thaboDlamini,
  vikramSethi,
  walterKowalczyk,
  yusufDemir,
  zaidAlhassan,
];
