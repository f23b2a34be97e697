namespace ModerationConsole.Core.Queues.Stacks;

/// <summary>
/// Which waiting cases are like which, in this node's memory. It is a place to look, never the truth: whoever takes something
/// from it asks the database whether it still waits, and for whom. Child-safety items are not in it.
/// </summary>
public sealed class WaitingLikeness
{
    /// <summary>Cases that it holds at most; what comes after waits without being found by others.</summary>
    public const int MostCases = 1_000_000;

    /// <summary>Cases that one search returns at most.</summary>
    public const int MostFound = 400;

    private readonly Lock _gate = new();
    private readonly int _most;
    private readonly LikenessIndex _cases = new();

    public WaitingLikeness()
        : this(MostCases)
    {
    }

    internal WaitingLikeness(int most) => _most = most;

    /// <summary>How many cases it holds.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _cases.Count;
            }
        }
    }

    /// <summary>Adds a case or renews what is known of it.</summary>
    internal void Put(LikeCase about)
    {
        lock (_gate)
        {
            _cases.Drop(about.CaseNumber);
            if (_cases.Count < _most)
            {
                _cases.Add(about.CaseNumber, about);
            }
        }
    }

    /// <summary>Forgets a case.</summary>
    internal void Remove(long caseNumber)
    {
        lock (_gate)
        {
            _cases.Drop(caseNumber);
        }
    }

    /// <summary>What is known of a case; null when nothing is.</summary>
    internal LikeCase? Of(long caseNumber)
    {
        lock (_gate)
        {
            return _cases.Of(caseNumber);
        }
    }

    /// <summary>Cases that are like this one by their hashes, the closest kind of likeness first.</summary>
    internal IReadOnlyList<(long CaseNumber, Alike Alike)> Find(LikeCase about)
    {
        lock (_gate)
        {
            HashSet<long> seen = [];
            List<(long CaseNumber, Alike Alike)> found = [];
            foreach (long number in _cases.Candidates(about))
            {
                if (found.Count < MostFound && seen.Add(number) && about.To(_cases.Of(number)!) is { } alike)
                {
                    found.Add((number, alike));
                }
            }

            return [.. found.OrderBy(match => match.Alike).ThenBy(match => match.CaseNumber)];
        }
    }
}
