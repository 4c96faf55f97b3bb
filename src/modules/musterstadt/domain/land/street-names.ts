import type { Random } from '../random.ts'

/** First halves of street names by theme; persons are poets, composers and scientists long dead. */
const STEMS: Readonly<Record<string, string>> = {
  trees:
    'Ahorn Birken Buchen Eichen Erlen Eschen Fichten Kastanien Linden Pappel Tannen Ulmen Weiden Kiefern Lärchen Holunder Hasel Schlehen Weißdorn Wacholder Eiben Robinien Platanen Akazien Zedern Ebereschen',
  flowers:
    'Rosen Tulpen Nelken Lilien Dahlien Veilchen Narzissen Flieder Anemonen Primel Krokus Mohn Kornblumen Margeriten Enzian Ginster Jasmin Lavendel Malven Astern Orchideen Sonnenblumen Hyazinthen Iris Levkojen Ringelblumen',
  birds:
    'Amsel Drossel Finken Meisen Lerchen Schwalben Staren Zeisig Falken Habicht Adler Reiher Kiebitz Kranich Storchen Spatzen Rotkehlchen Nachtigallen Elster Eulen Specht Möwen Schwanen Eisvogel Bussard Wachtel',
  composers:
    'Bach Mozart Beethoven Schubert Brahms Haydn Händel Schumann Telemann Bruckner Gluck Lortzing Weber Silcher Flotow Nicolai Clara-Schumann- Fanny-Hensel- Mendelssohn Buxtehude Pachelbel Schütz',
  poets:
    'Goethe Schiller Hölderlin Mörike Uhland Hauff Kerner Lessing Heine Hebbel Eichendorff Novalis Kleist Lenau Storm Fontane Gellert Klopstock Wieland Schubart Bettina-von-Arnim- Droste Rückert Herder Jean-Paul- Hebel',
  science:
    'Kepler Humboldt Gauß Leibniz Kopernikus Ohm Hertz Lise-Meitner- Marie-Curie- Emmy-Noether- Röntgen Liebig Bunsen Kirchhoff Fraunhofer Guericke Euler Bernoulli Maria-Sibylla-Merian- Caroline-Herschel- Doppler Galilei Tobias-Mayer-',
  crafts:
    'Gerber Färber Weber Schmied Küfer Bäcker Metzger Töpfer Seiler Sattler Müller Fischer Schneider Hafner Wagner Zimmermanns Kessler Schuster Goldschmied Glaser Buchbinder Korbmacher Drechsler Tuchmacher',
  town: 'Kirch Schul Rathaus Markt Burg Schloss Turm Tor Brücken Spital Kloster Pfarr Zehnt Wall Graben Stadt Salz Korn Heu Holz Ross Milch Brunnen Glocken',
  water:
    'Ufer Hafen Insel Kanal Wehr Schleusen Mühl Bach Quellen Neckar Schiffer Flößer Anker Strom Auen Schilf Furt Steg Deich Fähr Treidel Wasser Forellen Hecht',
  wine: 'Reben Kelter Trauben Weinberg Winzer Riesling Trollinger Keller Lese Most Wengert Burgunder Silvaner Muskateller Fass Steillagen',
  fruit:
    'Apfel Birnen Kirsch Pflaumen Quitten Nuss Mirabellen Obst Beeren Brombeer Himbeer Johannisbeer Pfirsich Aprikosen Streuobst Zwetschgen Mispel Mostbirnen',
  sky: 'Sonnen Mond Stern Abend Morgen Himmel Regenbogen Wolken Merkur Venus Mars Jupiter Saturn Uranus Neptun Orion Polar Kometen Planeten Galaxien',
  animals:
    'Hirsch Reh Fuchs Dachs Hasen Igel Eichhörnchen Biber Otter Marder Luchs Wolfs Bären Hermelin Iltis Gemsen Steinbock Keiler Wiesel',
  land: 'Wiesen Acker Feld Wald Berg Tal Stein Kalk Sand Lehm Ziegel Heide Hügel Höhen Klee Hopfen Flachs Dinkel Hafer Gersten Roggen Weizen Schäfer Hirten Bauern Hof Garten Anger Linsen Hecken',
}

const PLACES =
  'Stuttgarter Esslinger Tübinger Ulmer Heilbronner Karlsruher Freiburger Münchner Augsburger Nürnberger Frankfurter Heidelberger Mannheimer Konstanzer Ravensburger Reutlinger Göppinger Ludwigsburger Backnanger Schorndorfer Waiblinger Aalener Haller Würzburger Leipziger Dresdner Berliner Hamburger Bremer Kölner Mainzer Wormser Speyerer Straßburger Basler Zürcher Wiener Salzburger Bregenzer Lindauer Memminger Kemptener Biberacher Calwer Nagolder Horber Rottweiler Villinger Offenburger Pforzheimer'

const WHOLE =
  'Am Mühlbach|Im Wiesengrund|Auf der Höhe|An der Stadtmauer|Hinter der Kirche|Unter den Linden|In den Gärten|Zum Hafen|Am Sonnenhang|Im Rebgarten|Am Waldrand|Beim alten Tor|An der Schleuse|Im Unterdorf|Im Oberdorf|Am Kirchberg|Auf dem Anger|Am Feldkreuz|Im Eschle|Auf der Breite|Am Hang|Im Brühl|Im Winkel|Am Dorfbach|An den Linden|Zur Alten Mühle|Am Schafhaus|Im Hasenlauf|Am Bergle|Auf dem Sand|In der Au|Im Grund|Am Neckarufer|Alte Steige|Neue Steige|Lange Straße|Kurze Straße|Breite Straße|Obere Straße|Untere Straße|Hohe Straße|Alter Markt|Mittlere Gasse|Enge Gasse'

/** Gives out names, each once in the whole city, those that suit the district first. */
export class StreetNames {
  readonly #random: Random
  readonly #used = new Set<string>()

  constructor(random: Random) {
    this.#random = random
  }

  /** Endless for our purpose: themes, then all other themes, then the same with rarer endings. */
  *forDistrict(themes: readonly string[], old: boolean): Generator<string, never> {
    const own = themes.flatMap((theme) => this.#names(theme, old ? ['gasse', 'straße'] : ['straße', 'weg']))
    const others = Object.keys(STEMS).flatMap((theme) => this.#names(theme, ['straße', 'weg']))
    const rare = Object.keys(STEMS).flatMap((theme) => this.#names(theme, ['steige', 'pfad', 'gasse', 'ring']))
    const pools = [[...own, ...this.#some(WHOLE.split('|'), 6)], [...others, ...this.#names('places', [])], rare]
    for (const pool of pools) {
      for (const name of this.#random.shuffle(pool)) {
        if (this.#used.has(name)) continue
        this.#used.add(name)
        yield name
      }
    }
    throw new Error('The list of street names is too short for this city')
  }

  #names(theme: string, endings: readonly string[]): string[] {
    if (theme === 'places') return PLACES.split(' ').map((place) => `${place} Straße`)
    return STEMS[theme]!.split(' ').flatMap((stem) => endings.map((ending) => join(stem, ending)))
  }

  #some(list: readonly string[], count: number): string[] {
    return this.#random.shuffle(list).slice(0, count)
  }
}

/** `Linden` + `weg` is one word; a name of several words keeps its hyphens: `Lise-Meitner-Straße`. */
function join(stem: string, ending: string): string {
  return stem.endsWith('-') ? `${stem}${ending[0]!.toUpperCase()}${ending.slice(1)}` : `${stem}${ending}`
}
