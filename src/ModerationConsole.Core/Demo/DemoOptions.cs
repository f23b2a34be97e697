namespace ModerationConsole.Core.Demo;

/// <summary>The demo. Section <c>Demo</c>; read in Development only.</summary>
public sealed class DemoOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Demo";

    /// <summary>Whether an empty console is filled with a demo.</summary>
    public bool Enabled { get; set; }

    /// <summary>Password of every demo person; empty makes one at first start.</summary>
    public string Password { get; set; } = "";
}
