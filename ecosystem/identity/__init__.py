"""Who is the same as whom: names as they are compared, by which things are found and told apart.

``letters`` folds the writing away, ``lexicon`` holds the words of the trade, ``words`` makes of a
name what is compared, ``comparing`` compares two, ``index`` finds names, ``doubles`` finds pairs.
"""
