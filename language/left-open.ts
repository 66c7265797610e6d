/** Words that put what is said into the future, under a condition, or into somebody's wish: it is not told as having come about. */
export const LEFT_OPEN =
  /\b(?:if|unless|until|once(?! (?:a|per|every|daily|weekly|monthly|for)\b)|when(?:ever)?|should|would|could(?! not|n['’]t)|might|may|can|cannot|will|shall|agree[sd]?|willing|wants?|wanted|wish\w*|hop(?:es?|ed|ing)|asks?|asked|plan(?:s|ned|ning)?|intend\w*|going to|next|due|overdue|advi[sc]e[sd]?|recommend\w*|suggest\w*|consider\w*|offer\w*|discuss\w*|talked (?:over|about)|order(?:ed|s)?|request\w*|refer(?:red|ral|s)?|schedul\w*|book(?:ed|ing)|arrang\w*|await\w*|pending|put (?:it |this |that |the \w+ )?off|postpon\w*|delay\w*|declin\w*|refus\w*|cancel\w*|(?:is|are|was|were|has|have) to|to be|how to|needs?|ready for|prepar\w+ for|fears?|afraid|think(?:s|ing)? (?:of|about))\b/gi;

export const isLeftOpen = (text: string): boolean => text.search(LEFT_OPEN) >= 0;
