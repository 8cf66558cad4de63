public import FactoryStore
public import FactoryTemplates

/// Where templates come from.
public struct TemplateServices: Sendable {
    /// Those of the program.
    public var library: TemplateLibrary
    /// Those that people have published.
    public var published: any TemplateStore

    /// Services of these parts.
    public init(library: TemplateLibrary, published: any TemplateStore) {
        self.library = library
        self.published = published
    }
}
