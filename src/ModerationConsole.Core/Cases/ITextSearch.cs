using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Words by which something is found, one row each, made by <see cref="SearchWords"/> so that every database finds alike.</summary>
public interface ISearchedText
{
    /// <summary>The table of the rows.</summary>
    static abstract string Table { get; }

    /// <summary>The column of the number by which a row is known.</summary>
    static abstract string Key { get; }

    /// <summary>Folded words, each with a blank before it.</summary>
    string Words { get; }
}

/// <summary>Finds what is known by a number by its words. Each database has its own index behind this; nothing of child safety is in one.</summary>
public interface ITextSearch
{
    /// <summary>Numbers of what holds all terms, to be narrowed and ordered by number. At least one term.</summary>
    IQueryable<long> Matching<TText>(ConsoleDbContext db, IReadOnlyList<SearchTerm> terms)
        where TText : class, ISearchedText;
}
