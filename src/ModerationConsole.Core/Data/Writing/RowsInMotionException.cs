namespace ModerationConsole.Core.Data;

/// <summary>
/// All that an operation could have taken was locked by others. It is run again in a moment: by then they have committed, or given
/// back what they had locked.
/// </summary>
public sealed class RowsInMotionException : Exception
{
    /// <summary>Makes it.</summary>
    public RowsInMotionException()
        : base("Others are taking all that there is.")
    {
    }
}
