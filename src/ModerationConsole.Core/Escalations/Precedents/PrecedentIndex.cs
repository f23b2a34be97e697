using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>What a precedent is found by.</summary>
/// <param name="Version">The version of the row that this reflects.</param>
/// <param name="InForce">Whether it is offered at all.</param>
/// <param name="Like">Hashes of the item that was ruled on; none where it is gone or erased.</param>
/// <param name="Words">Words of the expert that tell it from others.</param>
/// <param name="Grounds">Names of the rules and signals that had brought the case up.</param>
internal sealed record PrecedentMark(long Number, long Version, bool InForce, LikeCase Like, IReadOnlyList<string> Words, IReadOnlyList<string> Grounds);

/// <summary>
/// Which precedents may be near a case, in this node's memory: by hash in a multi-index, by word in an inverted one, where rare
/// words count more. It is a place to look, never the truth: whoever takes something from it asks the database whether it is so.
/// </summary>
public sealed class PrecedentIndex
{
    private const int MostTerms = 24;
    private const int MostByWords = 20;
    private const int MostByHash = 40;

    // A word that more of them have than this share tells nothing.
    private const int CommonFrom = 5;

    private readonly Lock _gate = new();
    private readonly LikenessIndex _like = new();
    private readonly Dictionary<long, PrecedentMark> _marks = [];
    private readonly Dictionary<string, HashSet<long>> _words = new(StringComparer.Ordinal);

    /// <summary>How many it holds.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _marks.Count;
            }
        }
    }

    /// <summary>Which of these changes are not held yet.</summary>
    internal IReadOnlyList<long> NewAmong(IEnumerable<(long Number, long Version)> changes)
    {
        lock (_gate)
        {
            return [.. changes.Where(change => _marks.GetValueOrDefault(change.Number)?.Version != change.Version).Select(change => change.Number)];
        }
    }

    /// <summary>Renews what is known of these; of those without a mark nothing is known any more.</summary>
    internal void Put(IEnumerable<long> numbers, IReadOnlyDictionary<long, PrecedentMark> marks)
    {
        lock (_gate)
        {
            foreach (long number in numbers)
            {
                Drop(number);
                if (marks.TryGetValue(number, out PrecedentMark? mark))
                {
                    _marks.Add(number, mark);
                    _like.Add(number, mark.Like);
                    foreach (string key in Keys(mark))
                    {
                        (_words.TryGetValue(key, out HashSet<long>? numbersOf) ? numbersOf : _words[key] = []).Add(number);
                    }
                }
            }
        }
    }

    /// <summary>Numbers of those that may be near, with what each word of the case weighs: 1 for one that few have, less for others.</summary>
    /// <param name="onlyInForce">Whether those that are offered no more are left out.</param>
    internal (IReadOnlyList<long> Numbers, IReadOnlyDictionary<string, double> Weights) Near(CaseTraits about, bool onlyInForce)
    {
        lock (_gate)
        {
            bool Wanted(long number) => !onlyInForce || _marks[number].InForce;
            Dictionary<string, double> weights = Weigh(about.Words);
            Dictionary<long, double> scores = [];
            foreach ((string key, double weight) in weights.Concat(about.Grounds.Select(ground => KeyValuePair.Create(KeyOf(ground), 3.0))))
            {
                foreach (long number in _words.GetValueOrDefault(key) ?? [])
                {
                    scores[number] = scores.GetValueOrDefault(number) + weight;
                }
            }

            IEnumerable<long> byHash = _like.Candidates(about.Like).Distinct().Where(Wanted).Take(MostByHash);
            IEnumerable<long> byWords = scores.OrderByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key).Where(pair => Wanted(pair.Key)).Take(MostByWords).Select(pair => pair.Key);
            return ([.. byHash.Union(byWords)], weights);
        }
    }

    private Dictionary<string, double> Weigh(IReadOnlyList<string> words)
    {
        double all = Math.Log(1 + _marks.Count);
        int common = Math.Max(3, _marks.Count / CommonFrom);
        return words.Select(word => (Word: word, Count: _words.GetValueOrDefault(word)?.Count ?? 0)).Where(word => word.Count > 0 && word.Count <= common)
            .OrderBy(word => word.Count).Take(MostTerms)
            .ToDictionary(word => word.Word, word => all <= Math.Log(2) ? 1 : Math.Log(1 + ((double)_marks.Count / word.Count)) / all, StringComparer.Ordinal);
    }

    private void Drop(long number)
    {
        if (!_marks.Remove(number, out PrecedentMark? mark))
        {
            return;
        }

        _like.Drop(number);
        foreach (string key in Keys(mark))
        {
            if (_words.TryGetValue(key, out HashSet<long>? numbers) && numbers.Remove(number) && numbers.Count == 0)
            {
                _words.Remove(key);
            }
        }
    }

    private static IEnumerable<string> Keys(PrecedentMark mark) => mark.Words.Concat(mark.Grounds.Select(KeyOf));

    // A blank is in no word, so that a rule's name is never taken for one.
    private static string KeyOf(string ground) => " " + ground;
}
