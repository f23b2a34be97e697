namespace ModerationConsole.Core.Policies;

/// <summary>Orders policy codes as people count: 2.10 after 2.9.</summary>
public sealed class PolicyCodeOrder : IComparer<string>
{
    /// <summary>The one order.</summary>
    public static PolicyCodeOrder Instance { get; } = new();

    /// <inheritdoc />
    public int Compare(string? x, string? y)
    {
        string[] left = (x ?? "").Split('.');
        string[] right = (y ?? "").Split('.');
        for (int place = 0; place < Math.Min(left.Length, right.Length); place++)
        {
            int order = int.TryParse(left[place], out int a) && int.TryParse(right[place], out int b)
                ? a.CompareTo(b)
                : string.CompareOrdinal(left[place], right[place]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
