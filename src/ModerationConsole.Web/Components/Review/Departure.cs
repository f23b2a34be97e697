namespace ModerationConsole.Web.Components.Review;

/// <summary>How handing a case on ended.</summary>
public enum DepartureHow
{
    /// <summary>It left the desk as asked.</summary>
    Left,

    /// <summary>It was no longer in the person's hands.</summary>
    NotYours,

    /// <summary>It stays on the screen; the words say why.</summary>
    Refused,
}

/// <summary>The answer to moving, escalating and the like.</summary>
public sealed record Departure(DepartureHow How, string Words)
{
    /// <summary>It was no longer in the person's hands.</summary>
    public static Departure NotYours { get; } = new(DepartureHow.NotYours, "");

    /// <summary>It left.</summary>
    public static Departure Left(string words) => new(DepartureHow.Left, words);

    /// <summary>It stays.</summary>
    public static Departure Refused(string words) => new(DepartureHow.Refused, words);
}
