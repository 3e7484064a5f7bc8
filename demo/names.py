"""Words that names are made of: of people from everywhere, and of bands and companies."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = _words("""
    Ada Amara Anders Andre Anika Aisha Beatriz Benji Camila Carlos Chen Chidi Clara Dario Deja Diego Elena
    Emeka Esther Fatima Felix Freya Gabriel Giulia Hana Hugo Imani Ingrid Isaac Jamal Jasmine Jonas Joon Kaia
    Kofi Lars Leila Liam Lina Lucia Mai Malik Marcus Marta Mateo Mei Nadia Naomi Niko Noor Olivia Omar Oscar
    Paloma Pavel Quinn Rafi Ravi Rosa Ruth Salma Sanjay Sofia Stella Tariq Tess Theo Uma Valentina Vera Viktor
    Wanjiru Xavier Yara Yuki Zadie Zoe
""")
LAST = _words("""
    Abara Adler Ahmed Alvarez Baptiste Barnes Becker Bello Bianchi Brooks Castillo Chang Cohen Cruz Dang Davis
    Diaz Dubois Eriksen Farah Fischer Flores Ford Garcia Goldberg Gomez Green Gupta Haddad Hansen Harris
    Hassan Ito Jackson Jansen Johnson Kaplan Khan Kim Kowalski Kumar Laurent Lee Lin Lopez Marino Mbeki Mendes
    Meyer Mitchell Morales Mwangi Nakamura Nguyen Novak Obi Okafor Olsen Ortiz Owens Park Patel Pereira Petrov
    Price Quiroga Rahman Reyes Rossi Sato Schwartz Silva Singh Sokolov Stein Sterling Tanaka Taylor Torres
    Tran Usman Vargas Vega Wallace Watanabe Weber Williams Wong Yilmaz Young Zhang
""")
WORDS = _words("""
    Atlantic Kestrel Hollow Bright Northern Velvet Copper Paper Salt Juniper Electric Marble Harbor Cedar Neon
    Quiet Golden Iron Lunar Painted Silver Winter Coral Static Amber Wild Glass Crescent Thunder Honey
""")
NOUNS = _words("""
    Coast Choir Rivers Eyes Lanterns Tigers Parade Motel Saints Sirens Foxes Engine Orchard Gospel Satellites
    Arcade Hearts Machines Pilots Union Mirrors Garden Wolves Committee Radio
""")
