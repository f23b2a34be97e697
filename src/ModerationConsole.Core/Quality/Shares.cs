using System.Runtime.CompilerServices;

namespace ModerationConsole.Core.Quality;

/// <summary>Shares as arguments.</summary>
internal static class Shares
{
    /// <exception cref="ArgumentOutOfRangeException">It is below 0, above 1, or no number.</exception>
    public static void ThrowIfNone(double share, [CallerArgumentExpression(nameof(share))] string? name = null)
    {
        if (!(share >= 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(name, share, "A share lies between 0 and 1.");
        }
    }
}
