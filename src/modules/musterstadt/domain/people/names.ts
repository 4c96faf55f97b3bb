/**
 * Names for people who do not exist. Given names and family names are drawn apart from each other, by the origin of the
 * household and, for German given names, by the time of birth.
 */
export interface NamePool {
  /** Households of this origin per thousand. */
  readonly share: number
  readonly family: readonly string[]
  /** Family names that differ for women (Polish, Ukrainian). */
  readonly familyFemale?: readonly string[]
  readonly given: readonly { readonly bornFrom: number; readonly f: readonly string[]; readonly m: readonly string[] }[]
}

const words = (text: string): string[] => text.trim().split(/\s+/)
const always = (f: string, m: string) => [{ bornFrom: 1900, f: words(f), m: words(m) }]

const GERMAN_FAMILY = words(`
  Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder
  Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann Schmid Schulze Maier
  Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich
  Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus
  Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich
  Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Häberle Eberle Pfleiderer
  Schwarzkopf Bühler Bäuerle Ruoff Schlegel Kienzle Kübler Rapp Haug Häfner Vetter Widmann Mack Merkle Nägele Knödler
  Strohmaier Wieland Frey Gehring Grau Hauser Hiller Holzwarth Jauch Klotz Lutz Mayerhöfer Munz Oesterle Pflüger Raiser
  Reutter Röhm Sautter Schaal Scheufele Schick Schlecht Schnabel Schöttle Seitz Siegle Stahl Staiger Steeb Stotz Traub
  Trautwein Übele Unger Veit Weidner Wendel Wörner Zeller Zaiser Bosch Dürr Eisele Fauser Fink Föll Gaiser Geiger Götz
  Müller-Hahn Schmid-Keller Lang-Weber Vogt-Becker Haas-Roth`)

export const NAME_POOLS: readonly NamePool[] = [
  {
    share: 690,
    family: GERMAN_FAMILY,
    given: [
      {
        bornFrom: 1900,
        f: words(
          'Helga Ursula Ingrid Gisela Christa Renate Erika Karin Hannelore Edith Elfriede Gerda Ilse Waltraud Irmgard Lieselotte Margarete Hildegard Brigitte Rosemarie Anneliese Elisabeth',
        ),
        m: words(
          'Hans Günter Karl Werner Heinz Horst Klaus Manfred Gerhard Helmut Walter Rolf Dieter Siegfried Kurt Erwin Herbert Rudolf Wolfgang Ernst Hermann Karl-Heinz',
        ),
      },
      {
        bornFrom: 1955,
        f: words(
          'Monika Sabine Petra Susanne Gabriele Birgit Angelika Andrea Martina Ute Heike Barbara Claudia Cornelia Ulrike Silke Anke Beate Kerstin Doris Anja Ann-Kathrin Christine',
        ),
        m: words(
          'Thomas Michael Andreas Peter Stefan Uwe Jürgen Frank Ralf Bernd Joachim Matthias Jörg Torsten Martin Dirk Holger Volker Axel Rainer Ulrich Hans-Peter Norbert',
        ),
      },
      {
        bornFrom: 1978,
        f: words(
          'Anna Julia Sarah Katharina Christina Nicole Stefanie Melanie Sandra Lisa Jana Nina Miriam Franziska Eva Laura Carolin Johanna Jasmin Verena Anne-Sophie Marlene Theresa',
        ),
        m: words(
          'Christian Daniel Sebastian Alexander Jan Tobias Florian Markus Philipp Benjamin Simon Felix Patrick Dominik Jonas Fabian Benedikt Tim Johannes Julian Moritz David Lukas',
        ),
      },
      {
        bornFrom: 2002,
        f: words(
          'Emma Mia Sophia Emilia Lina Marie Lea Clara Leni Ida Frieda Mathilda Ella Greta Paula Amelie Luisa Charlotte Nele Romy Pauline Mara Hannah',
        ),
        m: words(
          'Noah Leon Paul Ben Finn Elias Luis Emil Theo Anton Oskar Jakob Henri Matteo Max Levi Samuel Karl Mats Liam Vincent Jonathan Frederik',
        ),
      },
    ],
  },
  {
    share: 82,
    family: words(
      'Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek Polat Korkmaz Güneş Bulut',
    ),
    given: always(
      'Ayşe Fatma Emine Zeynep Elif Meryem Hatice Merve Büşra Esra Özlem Gül Sevgi Dilara Ceren Aylin Nur Defne Selin Leyla',
      'Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim Osman Yusuf Murat Emre Burak Can Deniz Kerem Okan Serkan Ömer Efe Tolga',
    ),
  },
  {
    share: 44,
    family: words(
      'Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa Giordano Mancini Rizzo Lombardi Moretti Barbieri',
    ),
    given: always(
      'Maria Giulia Francesca Chiara Sara Martina Valentina Alessia Elena Giorgia Aurora Sofia Rosa Angela Lucia Carmela',
      'Giuseppe Antonio Giovanni Salvatore Marco Luca Francesco Andrea Alessandro Matteo Davide Vincenzo Domenico Angelo Pietro Enzo',
    ),
  },
  {
    share: 42,
    family: words(
      'Horvat Kovačević Babić Marić Jurić Novak Kovačić Vuković Knežević Marković Petrović Jovanović Nikolić Đorđević Ilić Pavlović Hodžić Delić',
    ),
    given: always(
      'Ana Marija Ivana Petra Katarina Lucija Mia Jelena Milica Dragana Snežana Amra Lejla Nina Tea Vesna',
      'Ivan Marko Josip Luka Ante Tomislav Nikola Stefan Dragan Milan Zoran Goran Damir Emir Adnan Filip',
    ),
  },
  {
    share: 36,
    family: words(
      'Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Zając Król Wieczorek Dudek Wróbel Stępień Jabłoński Malinowski Zieliński Kamiński',
    ),
    familyFemale: words(
      'Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Zając Król Wieczorek Dudek Wróbel Stępień Jabłońska Malinowska Zielińska Kamińska',
    ),
    given: always(
      'Agnieszka Katarzyna Małgorzata Ewa Joanna Magdalena Monika Barbara Zofia Julia Hanna Maja Aleksandra Weronika Dorota',
      'Piotr Krzysztof Andrzej Tomasz Paweł Jan Michał Marcin Jakub Adam Łukasz Marek Grzegorz Szymon Kacper',
    ),
  },
  {
    share: 30,
    family: words(
      'Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Munteanu Lazăr Toma Marin Dobre',
    ),
    given: always(
      'Maria Elena Ioana Andreea Alexandra Mihaela Cristina Gabriela Ana Daniela Roxana Bianca Raluca Simona',
      'Andrei Alexandru Mihai Ion Cristian Gheorghe Vasile Florin Ștefan Bogdan Marius Adrian Radu Ionuț',
    ),
  },
  {
    share: 22,
    family: words(
      'Papadopoulos Georgiou Nikolaidis Dimitriou Ioannidis Konstantinou Makris Petrou Vlachos Antoniou Karras Pappas',
    ),
    given: always(
      'Maria Eleni Katerina Vasiliki Sofia Georgia Dimitra Ioanna Despina Anastasia Chrysoula Zoi',
      'Georgios Dimitrios Konstantinos Ioannis Nikolaos Christos Panagiotis Vasilios Athanasios Stavros Petros Leonidas',
    ),
  },
  {
    share: 22,
    family: words(
      'Al-Ahmad Al-Hassan Haddad Khalil Mansour Saleh Ibrahim Hamdan Darwish Najjar Shami Kassem Aziz Rahman Ahmadi Karimi',
    ),
    given: always(
      'Fatima Amina Layla Mariam Nour Rania Salma Yasmin Hala Samira Zahra Aisha Dina Maha',
      'Mohammed Ahmad Omar Khaled Youssef Hassan Ali Mahmoud Samir Karim Tarek Bilal Rami Nabil',
    ),
  },
  {
    share: 18,
    family: words(
      'Kovalenko Bondarenko Tkachenko Shevchenko Kravchenko Oliynyk Melnyk Lysenko Marchenko Savchenko Rudenko Petrenko',
    ),
    given: always(
      'Olena Oksana Iryna Natalia Tetiana Yulia Anna Sofiia Kateryna Daryna Svitlana Halyna',
      'Oleksandr Andrii Serhii Mykola Dmytro Ivan Maksym Artem Taras Bohdan Yurii Vasyl',
    ),
  },
  {
    share: 14,
    family: words(
      'Nguyen Tran Le Pham Hoang Phan Vu Dang Bui Do Sharma Patel Kumar Singh Gupta Nair Reddy Silva Santos Ferreira Oliveira Krasniqi Gashi Berisha Hoxha',
    ),
    given: always(
      'Linh Mai Thu Lan Priya Anjali Neha Sunita Beatriz Inês Teresa Joana Arta Teuta Vjosa',
      'Minh Duc Hung Tuan Rahul Amit Arjun Vikram João Tiago Miguel Rui Arben Driton Luan',
    ),
  },
]
