namespace ModerationConsole.Core.Data;

/// <summary>The console cannot start as it is set up. The message is one line for the operator and names what to change.</summary>
public sealed class StartRefusedException : Exception
{
    /// <summary>Refuses with a line for the operator.</summary>
    public StartRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Refuses with a line for the operator, keeping what was met.</summary>
    public StartRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
