namespace ModerationConsole.Core.Queues.Stacks;

/// <summary>In what a case is like another, the closest first.</summary>
public enum Alike
{
    /// <summary>The same words, and the same media if there is any.</summary>
    SameText,

    /// <summary>Nearly the same words, and the same media if there is any.</summary>
    NearText,

    /// <summary>The same picture or file, and nothing is said in words.</summary>
    SameMedia,

    /// <summary>The same picture or file with other words: whether they change what it means is for a person to say.</summary>
    OtherWords,
}
