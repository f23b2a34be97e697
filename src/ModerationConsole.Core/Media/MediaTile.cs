namespace ModerationConsole.Core.Media;

/// <summary>One of the equal parts that a still is looked at by, when a person looks at regions of it.</summary>
/// <param name="X">Column, from 0.</param>
/// <param name="Y">Row, from 0.</param>
public sealed record MediaTile(int X, int Y)
{
    /// <summary>Parts in each direction.</summary>
    public const int Across = 4;

    /// <summary>Whether there is such a part.</summary>
    public bool Exists => X is >= 0 and < Across && Y is >= 0 and < Across;
}
