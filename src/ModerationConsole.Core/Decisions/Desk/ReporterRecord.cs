namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>What may be said of a reporter in words.</summary>
public enum ReporterStanding
{
    /// <summary>Too few of their reports were judged to say anything.</summary>
    TooFew,

    /// <summary>Most of their reports were not upheld.</summary>
    OftenWrong,

    /// <summary>Neither can be said.</summary>
    Mixed,

    /// <summary>Most of their reports were upheld.</summary>
    UsuallyRight,
}

/// <summary>What became of a reporter's earlier reports that were judged.</summary>
/// <remarks>
/// The rule follows Discourse's reviewable score, where the accuracy of a person's flags counts only after more than five were
/// handled and turns from bad to good at 70 % agreement, and where people are shown words because numbers were misread. In place
/// of its logarithmic bonus the whole <see cref="WilsonInterval"/> must lie on one side of the turning point: six right out of
/// six are a good sign, but not yet enough for praise.
/// </remarks>
/// <param name="Upheld">Cases that they reported and that ended as a violation.</param>
/// <param name="Judged">Cases that they reported and that were decided, this one left out.</param>
public sealed record ReporterRecord(int Upheld, int Judged)
{
    /// <summary>Below so many judged reports nothing is said.</summary>
    public const int Fewest = 6;

    /// <summary>The share of upheld reports at which opinion turns.</summary>
    public const double Turn = 0.7;

    /// <summary>Someone of whom nothing is known.</summary>
    public static ReporterRecord None { get; } = new(0, 0);

    /// <summary>The words that these counts allow.</summary>
    public ReporterStanding Standing
    {
        get
        {
            if (Judged < Fewest)
            {
                return ReporterStanding.TooFew;
            }

            WilsonInterval share = WilsonInterval.Of(Upheld, Judged);
            return share.Lower >= Turn ? ReporterStanding.UsuallyRight : share.Upper < Turn ? ReporterStanding.OftenWrong : ReporterStanding.Mixed;
        }
    }
}
